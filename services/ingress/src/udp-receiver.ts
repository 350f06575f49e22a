import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { StatsError } from '@hlstats/errors'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import { DatagramQueue, type ReadDatagram } from './datagram-queue.ts'
import type { IngressOccurrences } from './occurrences.ts'
import { readKernelDrops } from './udp-drops.ts'

interface UdpReceiverOptions {
  readonly address: string
  readonly port: number
  /** What the names of the settings begin with. */
  readonly settings: string
  readonly bufferBytes: number
  readonly onDatagram: (read: ReadDatagram) => void
  readonly occurrences: IngressOccurrences
  readonly logger: ILogger
  readonly metrics: Metrics
}

// Some 50,000 lines: a hundred servers that all change their map at once say less.
const MOST_WAITING_BYTES = 24 * 1024 * 1024

/** The socket that game servers send their logs to. */
export class UdpReceiver {
  readonly #options: UdpReceiverOptions
  readonly #socket: Socket
  readonly #queue: DatagramQueue

  private constructor(options: UdpReceiverOptions) {
    this.#options = options
    this.#socket = createSocket({ type: 'udp4', recvBufferSize: options.bufferBytes })
    this.#queue = new DatagramQueue({
      mostBytes: MOST_WAITING_BYTES,
      take: (read) => {
        options.occurrences.received()
        options.onDatagram(read)
      },
    })
  }

  /** Resolves when the port is bound; a port that cannot be had is a SERVICE_PORT error with the remedy. */
  static async open(options: UdpReceiverOptions): Promise<UdpReceiver> {
    const receiver = new UdpReceiver(options)
    await receiver.#bind()
    return receiver
  }

  get port(): number {
    return this.#socket.address().port
  }

  /** Reads no more; what was read has been taken when it resolves. */
  async close(): Promise<void> {
    const closed = once(this.#socket, 'close')
    this.#socket.close()
    await closed
    this.#queue.drain()
  }

  async #bind(): Promise<void> {
    const { address, port, occurrences } = this.#options
    const socket = this.#socket
    try {
      socket.bind({ address, port, exclusive: true })
      await once(socket, 'listening')
    } catch (cause) {
      throw bindError(this.#options, cause)
    }
    socket.on('error', (err) => occurrences.socketFailed({}, { err }))
    socket.on('message', (datagram, sender) => this.#queue.add({ datagram, sender, readAt: Date.now() }))
    this.#reportBuffer()
    this.#countKernelDrops()
  }

  #reportBuffer(): void {
    const { bufferBytes, logger } = this.#options
    // Linux reports twice what it grants, for its own bookkeeping.
    const reported = this.#socket.getRecvBufferSize()
    const granted = process.platform === 'linux' ? reported / 2 : reported
    const fields = { udp_port: this.port, asked_bytes: bufferBytes, granted_bytes: granted }
    if (granted >= bufferBytes) logger.info('listening for game servers', fields)
    else
      logger.warn(
        'listening for game servers with a smaller receive buffer than asked for: raise net.core.rmem_max',
        fields,
      )
  }

  #countKernelDrops(): void {
    const { metrics } = this.#options
    metrics.gauge({
      name: 'hlstats_ingress_kernel_dropped_datagrams',
      help: 'Datagrams that the kernel dropped because the receive buffer was full, since the socket is open.',
      collect: async (gauge) => {
        const drops = await readKernelDrops(this.port)
        if (drops !== undefined) gauge.set(drops)
      },
    })
  }
}

function bindError(
  { address, port, settings }: Pick<UdpReceiverOptions, 'address' | 'port' | 'settings'>,
  cause: unknown,
): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const remedies: Readonly<Record<string, string>> = {
    EADDRINUSE: `UDP port ${port} is taken: stop the program that listens there (an HLstatsX daemon?), or set ${settings}_UDP_PORT to a free port`,
    EACCES: `UDP port ${port} may not be opened by this user: set ${settings}_UDP_PORT to a port above 1023`,
    EADDRNOTAVAIL: `${address} is no address of this machine: set ${settings}_UDP_ADDRESS to one, or to 0.0.0.0`,
    ENOTFOUND: `${settings}_UDP_ADDRESS is "${address}", which cannot be resolved: set it to an IPv4 address of this machine`,
  }
  const remedy = remedies[code]
  return remedy === undefined ? cause : new StatsError('SERVICE_PORT', remedy, { cause })
}
