import type { EventEmitter } from 'node:events'
import type { Channel, ChannelModel } from 'amqplib'

/**
 * Closes a channel, and resolves however it ends. The promise of amqplib's own `close` waits for the broker's answer for
 * ever when the connection breaks before it came.
 */
export function closeChannel(channel: Channel): Promise<void> {
  return ended(channel, () => channel.close())
}

/** The same for a connection; `close` is what closes it, amqplib's own unless given. */
export function closeConnection(
  model: ChannelModel,
  close: () => Promise<void> = () => model.close(),
): Promise<void> {
  // Not the model's own event: amqp-connection-manager takes its listeners off.
  return ended(model.connection as ChannelModel['connection'] & EventEmitter, close)
}

function ended(party: EventEmitter, close: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    party.once('close', () => resolve())
    // Refused where it is closed already.
    close().then(resolve, () => resolve())
  })
}
