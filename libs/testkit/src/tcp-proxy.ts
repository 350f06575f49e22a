import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

export type Direction = 'toServer' | 'toClient'

interface Link {
  readonly client: Socket
  readonly server: Socket
}

/** A wire between a client and a server on this machine that can be cut: silently in one direction or both, or by reset. */
export class TcpProxy {
  readonly #listener: Server
  readonly #links = new Set<Link>()
  readonly #held = new Set<Direction>()
  readonly #stranded = new Set<Socket>()

  private constructor(listener: Server) {
    this.#listener = listener
  }

  /** Listens on a free port and passes everything on to the port of the server. */
  static async open(serverPort: number): Promise<TcpProxy> {
    const listener = createServer()
    const proxy = new TcpProxy(listener)
    listener.on('connection', (client) => proxy.#join(client, connect(serverPort, '127.0.0.1')))
    listener.listen(0, '127.0.0.1')
    await once(listener, 'listening')
    return proxy
  }

  get port(): number {
    const address = this.#listener.address()
    if (address === null || typeof address === 'string') throw new Error('the proxy is closed')
    return address.port
  }

  /** The ports from which the server sees its connections. */
  get localPorts(): number[] {
    return [...this.#links].flatMap(({ server }) => server.localPort ?? [])
  }

  /** The same URL by way of this proxy. */
  through(url: string): string {
    const other = new URL(url)
    other.hostname = '127.0.0.1'
    other.port = String(this.port)
    return other.href
  }

  /** Nothing passes in these directions any more, and nobody is told; connections can still be made. */
  hold(...directions: readonly Direction[]): void {
    for (const direction of directions) {
      this.#held.add(direction)
      for (const link of this.#links) stop(link, direction)
    }
  }

  /** What was held passes, and everything after it. */
  release(): void {
    const directions = [...this.#held]
    this.#held.clear()
    for (const link of this.#links) for (const direction of directions) flow(link, direction)
  }

  /** Breaks every connection with a reset at both ends; what was held is gone. */
  reset(): void {
    for (const client of this.#stranded) client.resetAndDestroy()
    this.#stranded.clear()
    for (const { client, server } of this.#links) {
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
  }

  /** The server sees its connections end; their clients are told nothing until `reset`, and what they send is held. */
  strand(): void {
    for (const link of this.#links) {
      this.#stranded.add(link.client)
      stop(link, 'toServer')
      stop(link, 'toClient')
      link.server.resetAndDestroy()
    }
  }

  async close(): Promise<void> {
    this.reset()
    this.#listener.close()
    await once(this.#listener, 'close')
  }

  #join(client: Socket, server: Socket): void {
    const link = { client, server }
    this.#links.add(link)
    const part = () => {
      this.#links.delete(link)
      if (!this.#stranded.has(client)) client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) {
      socket.setNoDelay(true)
      // `close` follows; an end that is gone is told to the other one by it.
      socket.on('error', () => undefined)
      socket.on('close', part)
    }
    for (const direction of ['toServer', 'toClient'] as const) {
      if (!this.#held.has(direction)) flow(link, direction)
    }
  }
}

function flow({ client, server }: Link, direction: Direction): void {
  if (direction === 'toServer') client.pipe(server)
  else server.pipe(client)
}

function stop({ client, server }: Link, direction: Direction): void {
  const [from, to] = direction === 'toServer' ? [client, server] : [server, client]
  from.unpipe(to)
  from.pause()
}
