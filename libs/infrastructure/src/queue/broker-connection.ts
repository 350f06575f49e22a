import type { Duplex } from 'node:stream'
import { brokerUrls } from '@hlstats/config'
import type { Gauge, ILogger, Metrics } from '@hlstats/telemetry'
import { type AmqpConnectionManager, connect } from 'amqp-connection-manager'
import type { ChannelModel } from 'amqplib'
import { closeConnection } from './amqp-close.ts'
import { brokerVersion } from './broker-version.ts'
import { readTls } from './tls-files.ts'

/** How to reach the broker. */
export interface BrokerOptions {
  /** `amqp://` or `amqps://`, several separated by commas for a cluster. */
  readonly url: string
  /** What the broker shows beside the connection: which process it is. */
  readonly connectionName?: string
  /** Files for `amqps`: an own authority, and the client's certificate. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
}

const HEARTBEAT_SECONDS = 10
const RECONNECT_SECONDS = 1
const CONNECT_TIMEOUT_MS = 10_000

/** One connection that comes back by itself. Channels are made on the raw connection and die with it. */
export class BrokerConnection {
  readonly #manager: AmqpConnectionManager
  readonly #logger: ILogger
  readonly #connected: Gauge<'connection'>
  readonly #purpose: string
  #blockedReason: string | undefined

  constructor(
    options: BrokerOptions,
    purpose: 'publish' | 'consume',
    { logger, metrics }: { logger: ILogger; metrics: Metrics },
  ) {
    this.#purpose = purpose
    this.#logger = logger.child({ connection: purpose })
    this.#connected = metrics.gauge({
      name: 'hlstats_queue_connected',
      help: '1 while the connection to the broker stands.',
      labels: ['connection'],
    })
    this.#connected.set({ connection: purpose }, 0)
    const { connectionName = 'hlstats' } = options
    this.#manager = connect(brokerUrls(options.url), {
      heartbeatIntervalInSeconds: HEARTBEAT_SECONDS,
      reconnectTimeInSeconds: RECONNECT_SECONDS,
      connectionOptions: {
        timeout: CONNECT_TIMEOUT_MS,
        noDelay: true,
        clientProperties: { connection_name: `${connectionName}.${purpose}` },
        ...readTls(options.tls),
      },
    })
    this.#watch()
  }

  /** The raw connection while there is one. */
  get model(): ChannelModel | undefined {
    return this.#manager.connection
  }

  /** Why the broker takes nothing from this connection now: its memory or disk alarm. */
  get blockedReason(): string | undefined {
    return this.#blockedReason
  }

  /** As the broker says, like `4.0.5`; empty while not connected. */
  get brokerVersion(): string {
    return this.model === undefined ? '' : brokerVersion(this.model)
  }

  /** Calls for the present connection and each later one. */
  onConnect(listener: (model: ChannelModel) => void): void {
    const call = () => {
      const { model } = this
      if (model !== undefined) listener(model)
    }
    this.#manager.on('connect', call)
    call()
  }

  onDisconnect(listener: () => void): void {
    this.#manager.on('disconnect', listener)
  }

  onUnblocked(listener: () => void): void {
    this.#manager.on('unblocked', listener)
  }

  /** Ends the connection without asking the other end, which may never answer; the next one goes to the next node. */
  giveUp(reason: string): void {
    if (this.model === undefined) return
    const { stream } = this.model.connection as ChannelModel['connection'] & { readonly stream: Duplex }
    stream.destroy(new Error(reason))
  }

  /** Closes the connection after the caller has closed its channels: acks in their buffers would be lost otherwise. */
  async close(): Promise<void> {
    const { model } = this
    const close = () => this.#manager.close()
    await (model === undefined ? close() : closeConnection(model, close))
  }

  #watch(): void {
    this.#manager.on('connect', () => {
      this.#blockedReason = undefined
      this.#connected.set({ connection: this.#purpose }, 1)
      this.#logger.info('connected to the broker', { version: this.brokerVersion })
    })
    this.#manager.on('disconnect', ({ err }) => {
      this.#blockedReason = undefined
      this.#connected.set({ connection: this.#purpose }, 0)
      this.#logger.warn('connection to the broker lost', { err })
    })
    this.#manager.on('connectFailed', ({ err }) => {
      this.#logger.warn('broker cannot be reached', { err, code: 'QUEUE_UNAVAILABLE' })
    })
    this.#manager.on('blocked', ({ reason }) => {
      this.#blockedReason = reason
      this.#logger.error('broker has blocked publishing', { reason })
    })
    this.#manager.on('unblocked', () => {
      this.#blockedReason = undefined
      this.#logger.info('broker takes messages again')
    })
  }
}
