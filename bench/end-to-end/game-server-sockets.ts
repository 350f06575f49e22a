import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

// Of the kernel's memory, where a short line takes about 768 bytes: far below the 4 MB that ingress asks for, and below
// the smallest buffer that Linux gives by default.
const MOST_WAITING_BYTES = 128 * 1024
const LOOK_EVERY = 32

/** One socket per game server, as they have: ingress knows them by address and port. */
export class GameServerSockets {
  readonly #sockets: readonly Socket[]
  readonly #ingressPort: number
  #sent = 0

  private constructor(sockets: readonly Socket[], ingressPort: number) {
    this.#sockets = sockets
    this.#ingressPort = ingressPort
  }

  static async open(count: number, ingressPort: number): Promise<GameServerSockets> {
    const sockets = Array.from({ length: count }, () => createSocket('udp4'))
    for (const socket of sockets) {
      socket.bind(0, '127.0.0.1')
      await once(socket, 'listening')
      socket.connect(ingressPort, '127.0.0.1')
      await once(socket, 'connect')
    }
    return new GameServerSockets(sockets, ingressPort)
  }

  get ports(): readonly number[] {
    return this.#sockets.map((socket) => socket.address().port)
  }

  get sent(): number {
    return this.#sent
  }

  /** Sends a datagram as server `index`; waits while the receive buffer of ingress is filling up. */
  async send(index: number, datagram: Buffer): Promise<void> {
    const socket = this.#sockets[index]
    if (socket === undefined) throw new RangeError(`there is no socket ${index}`)
    socket.send(datagram)
    this.#sent += 1
    if (this.#sent % LOOK_EVERY !== 0) return
    // Sends are done in the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#receiveBuffer().waitingBytes > MOST_WAITING_BYTES) await delay(1)
  }

  /** Datagrams that the kernel dropped at the socket of ingress. */
  get dropped(): number {
    return this.#receiveBuffer().dropped
  }

  close(): void {
    for (const socket of this.#sockets) socket.close()
  }

  // The metrics page of ingress would tell as well, and would cost it more than the lines do.
  #receiveBuffer(): { waitingBytes: number; dropped: number } {
    const port = `:${this.#ingressPort.toString(16).toUpperCase().padStart(4, '0')}`
    for (const row of readFileSync('/proc/net/udp', 'latin1').split('\n').slice(1)) {
      const [, local = '', , , queues = '', ...rest] = row.trim().split(/\s+/)
      if (!local.endsWith(port)) continue
      return { waitingBytes: Number.parseInt(queues.split(':')[1] ?? '0', 16), dropped: Number(rest.at(-1)) }
    }
    throw new Error(`nobody listens on UDP port ${this.#ingressPort}`)
  }
}
