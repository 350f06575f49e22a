import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { cacheRoot, repositoryRoot } from './cache-folder.ts'
import { LeashedChild } from './leashed-child.ts'
import { until } from './until.ts'

export interface ServiceProcessOptions {
  /** Its folder in services/. */
  readonly name: string
  readonly httpPort: number
  readonly env: Readonly<Record<string, string>>
  /** Every line it logs. */
  readonly onLine?: (line: string) => void
  readonly onExit?: (code: number | null) => void
}

export interface Readiness {
  readonly ready: boolean
  /** What /readyz says, or why it does not answer. */
  readonly text: string
}

const KEPT_LINES = 200
// Ports that a test does not ask for must not be the same in two of them.
const FREE_PORTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ingress: { INGRESS_LOG_HTTP_PORT: '0' },
  standalone: { STANDALONE_LOG_HTTP_PORT: '0' },
}
const nodePath = join(repositoryRoot, 'node_modules/.bin/node')

/**
 * What every service is run with, here and in the image. Left to itself V8 lets garbage grow with the machine's memory, and a
 * container is killed for it. 160 MB were too few: at full load a service did little else than collect garbage. Young space of V8's
 * own size takes 100 MB more in standalone and saves no processor time; half of this one costs 10 to 30 % of it.
 */
export const NODE_FLAGS = ['--max-old-space-size=256', '--max-semi-space-size=8'] as const

// Stripped and compiled once instead of at every start: a third less processor time, 30 MB less.
const COMPILE_CACHE = join(cacheRoot, 'compiled')

/** One service as a process of its own under the project's Node: started, killed and started again. */
export class ServiceProcess {
  readonly name: string
  readonly #options: ServiceProcessOptions
  readonly #lines: string[] = []
  #child: LeashedChild | undefined

  constructor(options: ServiceProcessOptions) {
    this.name = options.name
    this.#options = options
  }

  /** Whether the repository has this service. */
  static exists(name: string): boolean {
    return existsSync(mainOf(name))
  }

  get url(): string {
    return `http://127.0.0.1:${this.#options.httpPort}`
  }

  get isRunning(): boolean {
    return this.#child?.isRunning === true
  }

  /** The last lines it logged. */
  get output(): string {
    return this.#lines.join('\n')
  }

  start(): void {
    if (this.isRunning) return
    const { name, env, onExit } = this.#options
    const child = new LeashedChild(name, {
      command: nodePath,
      args: [...NODE_FLAGS, mainOf(name)],
      cwd: repositoryRoot,
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, ...FREE_PORTS[name], ...env },
      output: 'pipe',
    })
    this.#child = child
    for (const stream of [child.process.stdout, child.process.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#take(line))
    }
    child.process.on('exit', (code) => onExit?.(code))
  }

  async readiness(): Promise<Readiness> {
    try {
      const response = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) })
      return { ready: response.ok, text: await response.text() }
    } catch (error) {
      return { ready: false, text: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Resolves when /readyz says yes; throws with its last lines when it ends or takes too long. */
  async ready(timeoutMs = 30_000): Promise<void> {
    try {
      await until(async () => !this.isRunning || (await this.readiness()).ready, { timeoutMs, everyMs: 50 })
      if (!this.isRunning) throw new Error('it ended')
    } catch (cause) {
      const { text } = await this.readiness()
      throw new Error(`${this.name} is not ready (${text}); it logged:\n${this.output}`, { cause })
    }
  }

  /** The value of one of its metrics: the sum over its labels, undefined when there is none. */
  async metric(name: string, labels = ''): Promise<number | undefined> {
    const response = await fetch(`${this.url}/metrics`)
    const values = (await response.text())
      .split('\n')
      .filter((line) => line.startsWith(`${name} `) || (line.startsWith(`${name}{`) && line.includes(labels)))
      .map((line) => Number(line.slice(line.lastIndexOf(' ') + 1)))
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
  }

  /** Asks it to stop and kills it after the deadline; true when it stopped by itself. */
  async stop(withinMs = 10_000): Promise<boolean> {
    return (await this.#child?.stop(withinMs)) ?? true
  }

  /** `kill -9`, or another signal. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#child?.kill(signal)
  }

  #take(line: string): void {
    this.#lines.push(line)
    if (this.#lines.length > KEPT_LINES) this.#lines.shift()
    this.#options.onLine?.(line)
  }
}

function mainOf(name: string): string {
  return join(repositoryRoot, 'services', name, 'src/main.ts')
}
