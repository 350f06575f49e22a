import { createSocket, type Socket } from 'node:dgram'
import { setTimeout as delay } from 'node:timers/promises'
import { until } from '@hlstats/testkit'
import { proxiedDatagram } from '../../cli/src/udp-speakers.ts'
import { PROXY_KEY, type TestSystem } from '../processes.ts'

/** A game server that speaks for as long as it is asked. */
export interface Speaker {
  /** `ip:port`, as registered. */
  readonly address: string
  /** Its next line. */
  next(): string
}

const TICK_MS = 50
// So many datagrams fit into the smallest receive buffer that Linux gives by default.
const WINDOW_LINES = 128

/** Lines of all servers in turn at one rate. No datagram is lost: what ingress has not received is waited for. */
export class SteadyLoad {
  readonly #system: TestSystem
  readonly #speakers: readonly Speaker[]
  readonly #linesPerTick: number
  readonly #socket: Socket = createSocket('udp4')
  #running: Promise<void> = Promise.resolve()
  #isWanted = false
  #failure: unknown
  #turn = 0
  /** Of this life of ingress: sent by us, received according to its counter, and the counter when we began. */
  #sent = 0
  #received = 0
  #base = 0
  #total = 0

  constructor(system: TestSystem, speakers: readonly Speaker[], linesPerSecond: number) {
    this.#system = system
    this.#speakers = speakers
    this.#linesPerTick = Math.max(1, Math.round((linesPerSecond * TICK_MS) / 1_000))
    // That nobody listens is told by the answer to an earlier datagram; it is counted as not received anyway.
    this.#socket.on('error', () => undefined)
  }

  /** Lines sent so far. */
  get lines(): number {
    return this.#total
  }

  /** Begins, or goes on after `pause`. */
  async start(): Promise<void> {
    await this.#running
    this.#throwFailure()
    this.#base = await this.#counter()
    this.#sent = 0
    this.#received = 0
    this.#isWanted = true
    this.#running = this.#run().catch((error: unknown) => {
      this.#failure = error
    })
  }

  /** Sends nothing more, and resolves when everything sent is in the journal: ingress may be killed then. */
  async pause(): Promise<void> {
    this.#isWanted = false
    await this.#running
    this.#throwFailure()
    await this.#receivedUpTo(this.#sent)
    await this.#system.journaled()
  }

  /** Resolves when so many more lines were sent. */
  async more(lines: number): Promise<void> {
    const wanted = this.#total + lines
    await until(
      () => {
        this.#throwFailure()
        return this.#total >= wanted
      },
      { timeoutMs: 120_000, what: `${lines} more lines` },
    ).catch((error: unknown) => {
      this.#throwFailure()
      throw error
    })
  }

  close(): void {
    this.#isWanted = false
    this.#socket.close()
  }

  async #run(): Promise<void> {
    while (this.#isWanted) {
      const next = delay(TICK_MS)
      for (let line = 0; line < this.#linesPerTick; line++) await this.#sendOne()
      await next
    }
  }

  async #sendOne(): Promise<void> {
    const speaker = this.#speakers[this.#turn % this.#speakers.length]
    if (speaker === undefined) throw new Error('nobody speaks')
    this.#turn += 1
    await this.#receivedUpTo(this.#sent - WINDOW_LINES)
    const server = { proxyKey: PROXY_KEY, server: speaker.address }
    const datagram = proxiedDatagram(server, Buffer.from(speaker.next()))
    this.#socket.send(datagram, this.#system.udpPort, '127.0.0.1')
    this.#sent += 1
    this.#total += 1
  }

  async #receivedUpTo(wanted: number): Promise<void> {
    if (this.#received >= wanted) return
    await until(
      async () => {
        this.#received = (await this.#counter()) - this.#base
        return this.#received >= wanted
      },
      { timeoutMs: 60_000, everyMs: 10, what: `ingress to have received ${wanted} lines` },
    )
  }

  async #counter(): Promise<number> {
    return (await this.#system.ingress.metric('hlstats_ingress_datagrams_received_total')) ?? 0
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure
  }
}
