import type { Channel } from 'amqplib'

/**
 * Closes a channel, and resolves however it ends. The promise of amqplib's own `close` waits for the broker's answer for
 * ever when the connection breaks before it came.
 */
export function closeChannel(channel: Channel): Promise<void> {
  return new Promise((resolve) => {
    channel.once('close', () => resolve())
    // Refused where the channel is closed already.
    channel.close().catch(() => resolve())
  })
}
