import { setTimeout as delay } from 'node:timers/promises'
import { proxySpeaker, type ServerLine, type Speaker, type UdpTarget } from './udp-speakers.ts'

/** Where ingress is. */
export interface Ingress extends UdpTarget {
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

export interface SendReport {
  readonly sent: number
  /** What ingress counted meanwhile; undefined when its metrics cannot be read. */
  readonly received: number | undefined
}

// Less than the smallest receive buffer that Linux gives by default (212,992 bytes), at 1 KB a line.
const WINDOW_LINES = 128
const RATE_WITHOUT_METRICS = 500
const LOST_AFTER_MS = 5_000

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

function* saidBy(server: string, lines: Iterable<Buffer>): Generator<ServerLine> {
  for (const line of lines) yield { server, line }
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
