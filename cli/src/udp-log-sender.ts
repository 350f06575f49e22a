import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { StatsError } from '@hlstats/errors'

export interface LogDestination {
  /** `ip:port` of the game server that the lines are said to come from. */
  readonly server: string
  /** Option Proxy_Key: opens the envelope in which one program speaks for a server. */
  readonly proxyKey: string
  readonly host: string
  readonly port: number
  /** Where ingress answers /metrics: sending keeps step with what it received. */
  readonly ingressUrl: string
  /** Lines a second; without it as fast as ingress receives. */
  readonly rate?: number
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
  const socket = await openSocket(destination)
  const before = await receivedDatagrams(destination.ingressUrl)
  const envelope = Buffer.from(`PROXY Key=${destination.proxyKey} ${destination.server}PROXY `)
  const pace = new Pace(destination, before)
  let sent = 0
  try {
    for (const line of lines) {
      await send(socket, Buffer.concat([envelope, HEAD, line]))
      sent += 1
      await pace.next(sent)
    }
    return { sent, received: await pace.finish(sent) }
  } finally {
    socket.close()
  }
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
  readonly #destination: LogDestination
  readonly #startedMs = performance.now()
  #base: number | undefined

  constructor(destination: LogDestination, base: number | undefined) {
    this.#destination = destination
    this.#base = base
  }

  async next(sent: number): Promise<void> {
    const rate = this.#destination.rate ?? (this.#base === undefined ? RATE_WITHOUT_METRICS : undefined)
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
      const now = await receivedDatagrams(this.#destination.ingressUrl)
      const received = (now ?? 0) - (this.#base ?? 0)
      if (received >= wanted || performance.now() > deadline) return received
      await delay(5)
    }
  }
}

async function openSocket({ host, port }: LogDestination): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.connect(port, host)
  await once(socket, 'connect')
  // That nobody listens is told by the answer to an earlier datagram; the next `send` fails with it as well.
  socket.on('error', () => undefined)
  return socket
}

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
