import { createWriteStream, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Readiness, ServiceProcess } from '@hlstats/testkit'
import { report } from './report.ts'

export interface SupervisedOptions {
  readonly name: string
  readonly httpPort: number
  readonly env: Readonly<Record<string, string>>
  /** Whole logs go there; the terminal gets state changes and errors. */
  readonly logFolder: string
}

const ASK_EVERY_MS = 200
const FIRST_BACKOFF_MS = 1_000
const LONGEST_BACKOFF_MS = 30_000
// After this long a death counts as the first again.
const HEALTHY_MS = 60_000

/** A service that is kept running, and says in one line what becomes of it. */
export class SupervisedService {
  readonly name: string
  readonly #process: ServiceProcess
  readonly #log: WriteStream
  #stopping = false
  #said = ''
  #backoffMs = FIRST_BACKOFF_MS
  #startedMs = 0

  constructor({ name, httpPort, env, logFolder }: SupervisedOptions) {
    this.name = name
    this.#log = createWriteStream(join(logFolder, `${name}.log`), { flags: 'a' })
    this.#process = new ServiceProcess({
      name,
      httpPort,
      env,
      onLine: (line) => this.#take(line),
      onExit: (code) => this.#died(code),
    })
  }

  get url(): string {
    return this.#process.url
  }

  /** What was said last, while that is not that it is ready. */
  get problem(): string | undefined {
    return this.#said.startsWith('ready') ? undefined : `${this.name} ${this.#said}`
  }

  start(): void {
    this.#say('starting')
    this.#startedMs = Date.now()
    this.#process.start()
  }

  /** Resolves when it is ready; false when that takes too long. */
  async ready(withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs
    while (Date.now() < deadline && !this.#stopping) {
      if (await this.observe()) return true
      await delay(ASK_EVERY_MS)
    }
    return false
  }

  /** Asks /readyz once and says what changed. */
  async observe(): Promise<boolean> {
    if (!this.#process.isRunning || this.#stopping) return false
    const readiness = await this.#process.readiness()
    if (readiness.ready) this.#say(`ready       ${this.url}/readyz`)
    else if (this.#said !== 'starting' || Date.now() - this.#startedMs > 5_000)
      this.#say(`not ready   ${whyNot(readiness)}`)
    return readiness.ready
  }

  async stop(withinMs: number): Promise<void> {
    this.#stopping = true
    if (!this.#process.isRunning) return
    this.#say('stopping')
    const ended = await this.#process.stop(withinMs)
    this.#say(ended ? 'stopped' : `killed: it did not stop within ${withinMs} ms`)
    this.#log.end()
  }

  #died(code: number | null): void {
    if (this.#stopping) return
    if (Date.now() - this.#startedMs > HEALTHY_MS) this.#backoffMs = FIRST_BACKOFF_MS
    const backoffMs = this.#backoffMs
    this.#backoffMs = Math.min(LONGEST_BACKOFF_MS, backoffMs * 2)
    const how = code === null || code > 128 ? 'was killed' : `died with exit code ${code}`
    this.#say(`${how}, starting again in ${backoffMs / 1_000} s`)
    setTimeout(() => {
      if (!this.#stopping) this.start()
    }, backoffMs).unref()
  }

  #take(line: string): void {
    this.#log.write(`${line}\n`)
    const problem = problemOf(line)
    if (problem !== undefined) this.#say(problem)
  }

  #say(what: string): void {
    if (what === this.#said) return
    this.#said = what
    report(this.name, what)
  }
}

/** The failing checks of a /readyz answer. */
function whyNot({ text }: Readiness): string {
  try {
    const { state, checks } = JSON.parse(text) as {
      state: string
      checks: Record<string, { ok: boolean; reason?: string }>
    }
    const failing = Object.entries(checks).filter(([, check]) => !check.ok)
    if (failing.length === 0) return state
    return failing
      .map(([name, check]) => (check.reason === undefined ? name : `${name}: ${check.reason}`))
      .join('; ')
  } catch {
    return text
  }
}

/** What a log line says that someone must know now: errors, and what is no log line at all. */
function problemOf(line: string): string | undefined {
  try {
    const entry = JSON.parse(line) as { level?: string; msg?: string; err?: { message?: string } }
    if (entry.level !== 'error' && entry.level !== 'fatal') return undefined
    return `${entry.level}       ${entry.msg ?? ''}${entry.err?.message === undefined ? '' : `: ${entry.err.message}`}`
  } catch {
    return line.trim() === '' ? undefined : line
  }
}
