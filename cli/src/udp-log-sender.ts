import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { StatsError } from '@hlstats/errors'

/** Where ingress is. */
export interface Ingress {
  readonly host: string
  readonly port: number
  /** Where ingress answers /metrics: sending keeps step with what it received. */
  readonly ingressUrl: string
  /** Lines a second; without it as fast as ingress receives. */
  readonly rate?: number
}

export interface LogDestination extends Ingress {
  /** `ip:port` of the game server that the lines are said to come from. */
  readonly server: string
  /** Option Proxy_Key: opens the envelope in which one program speaks for a server. */
  readonly proxyKey: string
}

/** A line and the `ip:port` of the game server that says it. */
export interface ServerLine {
  readonly server: string
  readonly line: Buffer
}

/** A way to make ingress believe that a line is a game server's. */
export interface Speaker {
  say(line: ServerLine): Promise<void>
  close(): void
}

export interface SendReport {
  readonly sent: number
  /** What ingress counted meanwhile; undefined when its metrics cannot be read. */
  readonly received: number | undefined
}

// Less than the smallest receive buffer that Linux gives by default (212,992 bytes), at 1 KB a line.
const WINDOW_LINES = 128
const RATE_WITHOUT_METRICS = 500
const LOST_AFTER_MS = 5_000
const HEAD = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from('log ')])

/** Sends log lines to ingress as datagrams, never faster than they are received. */
export async function sendLog(lines: Iterable<Buffer>, destination: LogDestination): Promise<SendReport> {
  const { server, proxyKey } = destination
  const speaker = await proxySpeaker(destination, proxyKey)
  try {
    return await sendLines(saidBy(server, lines), destination, speaker)
  } finally {
    speaker.close()
  }
}

/** The same for lines of several servers, in the order given. */
export async function sendLines(
  lines: Iterable<ServerLine>,
  ingress: Ingress,
  speaker: Speaker,
): Promise<SendReport> {
  const pace = new Pace(ingress, await receivedDatagrams(ingress.ingressUrl))
  let sent = 0
  for (const line of lines) {
    await speaker.say(line)
    sent += 1
    await pace.next(sent)
  }
  return { sent, received: await pace.finish(sent) }
}

/** Speaks for all servers from one socket, in envelopes that the proxy key opens. */
export async function proxySpeaker({ host, port }: Ingress, proxyKey: string): Promise<Speaker> {
  const socket = await openSocket({ host, port })
  return {
    say: ({ server, line }) => send(socket, proxiedDatagram({ proxyKey, server }, line)),
    close: () => socket.close(),
  }
}

/** A line as a program sends it that speaks for a game server. */
export function proxiedDatagram(
  { proxyKey, server }: { readonly proxyKey: string; readonly server: string },
  line: Buffer,
): Buffer {
  return Buffer.concat([Buffer.from(`PROXY Key=${proxyKey} ${server}PROXY `), HEAD, line])
}

/** A socket for each server, bound to the server's own address: what ingress sees of real game servers. */
export async function ownSpeaker(ingress: Ingress, servers: readonly string[]): Promise<Speaker> {
  const sockets = new Map<string, Socket>()
  const close = () => {
    for (const socket of sockets.values()) socket.close()
  }
  try {
    for (const server of servers) sockets.set(server, await openSocket(ingress, server))
  } catch (error) {
    close()
    throw error
  }
  return {
    say: ({ server, line }) => {
      const socket = sockets.get(server)
      if (socket === undefined) throw new RangeError(`${server} has no socket`)
      return send(socket, Buffer.concat([HEAD, line]))
    },
    close,
  }
}

function* saidBy(server: string, lines: Iterable<Buffer>): Generator<ServerLine> {
  for (const line of lines) yield { server, line }
}

/** The lines of a log file, as bytes: names may hold anything, and what was written is what is sent. */
export function* logLines(file: Buffer): Generator<Buffer> {
  let start = 0
  while (start < file.length) {
    const end = file.indexOf(0x0a, start)
    const line = file.subarray(start, end === -1 ? file.length : end)
    if (line.length > 0) yield line
    start = end === -1 ? file.length : end + 1
  }
}

class Pace {
  readonly #ingress: Ingress
  readonly #startedMs = performance.now()
  #base: number | undefined

  constructor(ingress: Ingress, base: number | undefined) {
    this.#ingress = ingress
    this.#base = base
  }

  async next(sent: number): Promise<void> {
    const rate = this.#ingress.rate ?? (this.#base === undefined ? RATE_WITHOUT_METRICS : undefined)
    if (rate !== undefined) {
      const aheadMs = (sent / rate) * 1_000 - (performance.now() - this.#startedMs)
      if (aheadMs > 5) await delay(aheadMs)
    }
    if (this.#base !== undefined && sent % (WINDOW_LINES / 2) === 0)
      await this.#received(sent - WINDOW_LINES / 2)
  }

  /** Waits for the last line and says how many were received. */
  async finish(sent: number): Promise<number | undefined> {
    return this.#base === undefined ? undefined : this.#received(sent)
  }

  // What does not come within the time is lost: going on is all that can be done about a datagram.
  async #received(wanted: number): Promise<number> {
    const deadline = performance.now() + LOST_AFTER_MS
    for (;;) {
      const now = await receivedDatagrams(this.#ingress.ingressUrl)
      const received = (now ?? 0) - (this.#base ?? 0)
      if (received >= wanted || performance.now() > deadline) return received
      await delay(5)
    }
  }
}

async function openSocket({ host, port }: Pick<Ingress, 'host' | 'port'>, from?: string): Promise<Socket> {
  const socket = createSocket('udp4')
  try {
    if (from !== undefined) {
      const [address, ownPort] = from.split(':')
      socket.bind({ address, port: Number(ownPort), exclusive: true })
      await once(socket, 'listening')
    }
    socket.connect(port, host)
    await once(socket, 'connect')
  } catch (cause) {
    socket.close()
    throw openError(cause, { host, from })
  }
  // That nobody listens is told by the answer to an earlier datagram; the next `send` fails with it as well.
  socket.on('error', () => undefined)
  return socket
}

function openError(cause: unknown, { host, from }: { host: string; from: string | undefined }): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `${from} is taken by another program: name other addresses with --server`,
    EADDRNOTAVAIL: `${from} is no address of this machine: name some with --server, or speak by proxy`,
    EINVAL: `${from} cannot reach ${host}: name addresses of the same network with --server`,
    ENOTFOUND: `${host} cannot be resolved: name ingress' address with --to`,
  }
  const reason = reasons[code]
  return reason === undefined ? cause : new StatsError('INPUT_INVALID', reason, { cause })
}

/** How many datagrams ingress has received; undefined when its metrics cannot be read. */
async function receivedDatagrams(ingressUrl: string): Promise<number | undefined> {
  try {
    const response = await fetch(`${ingressUrl}/metrics`, { signal: AbortSignal.timeout(2_000) })
    const found = /^hlstats_ingress_datagrams_received_total(?:\{[^}]*\})? (\d+)/m.exec(await response.text())
    return found?.[1] === undefined ? undefined : Number(found[1])
  } catch {
    return undefined
  }
}

function send(socket: Socket, datagram: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(datagram, (error) => {
      if (error === null) resolve()
      else reject(sendError(datagram, error))
    })
  })
}

function sendError(datagram: Buffer, cause: Error): StatsError {
  const code = 'code' in cause ? String(cause.code) : ''
  const reasons: Readonly<Record<string, string>> = {
    EMSGSIZE: `a line of ${datagram.length} bytes does not fit into a datagram`,
    ECONNREFUSED: 'nothing listens there: start ingress, or name its address with --to',
  }
  return new StatsError('INPUT_INVALID', reasons[code] ?? `a datagram cannot be sent: ${cause.message}`, {
    cause,
  })
}
