/** The nodes of a cluster that a setting names. A comma may stand in a password: only one before a URL is between two. */
export function brokerUrls(setting: string): string[] {
  return setting.split(/,(?=amqps?:)/)
}
