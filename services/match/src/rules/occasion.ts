/** Where an event comes from and when it happened. */
export interface Occasion {
  /** One life of one ingress. */
  readonly stream: string
  readonly receivedAt: string
  /** DATETIME in UTC. */
  readonly dateTime: string
  /** Since 1970. */
  readonly seconds: number
}

type Source = Readonly<Record<'stream' | 'receivedAt' | 'timestamp', string>>

export function occasionOf({ stream, receivedAt, timestamp }: Source): Occasion {
  return {
    stream,
    receivedAt,
    dateTime: `${timestamp.slice(0, 10)} ${timestamp.slice(11, 19)}`,
    seconds: Math.floor(Date.parse(timestamp) / 1000),
  }
}
