import type { Channel, ChannelModel } from 'amqplib'

/** As the broker says, like `4.0.5`; empty where it does not. */
export function brokerVersion({ connection }: Pick<Channel | ChannelModel, 'connection'>): string {
  const version: unknown = connection.serverProperties.version
  return typeof version === 'string' ? version : ''
}

/** Whether a version like `4.0.5` is of this release or a later one: 4.0 and 4.3 changed what a consumer meets. */
export function isAtLeast(version: string, wantedMajor: number, wantedMinor = 0): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}
