import { spawn } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freeTcpPort, repositoryRoot, temporaryFolder, until } from '@hlstats/testkit'
import { parse, stringify } from 'yaml'
import { tool } from '../scripts/validate/tools.ts'

/** One result of an instant query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [time: number, value: string]
}

interface RuleState {
  readonly name: string
  readonly type: 'alerting' | 'recording'
  readonly health: string
  readonly lastError?: string
  readonly query: string
  readonly state?: 'inactive' | 'pending' | 'firing'
}

/** Addresses that a scrape configuration names → those of this test. */
export type Targets = Readonly<Record<string, string>>

/** A real Prometheus with the configuration and the rules of deploy/prometheus, asking every second. */
export class Prometheus {
  readonly #url: string
  readonly #stop: () => Promise<void>

  private constructor(url: string, stop: () => Promise<void>) {
    this.#url = url
    this.#stop = stop
  }

  /** Undefined, and the reason on standard error, where there is no Prometheus and none can be had. */
  static async start(targets: Targets): Promise<Prometheus | undefined> {
    const program = await tool('prometheus')
    if ('missing' in program) {
      process.stderr.write(`${program.missing}\n`)
      return undefined
    }
    const folder = temporaryFolder('prometheus')
    cpSync(join(repositoryRoot, 'deploy/prometheus'), folder, { recursive: true })
    configure(folder, targets)
    const port = await freeTcpPort()
    const args = [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]
    const child = spawn(program.path, args, { stdio: 'ignore' })
    const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
    const prometheus = new Prometheus(`http://127.0.0.1:${port}`, async () => {
      child.kill('SIGTERM')
      await exited
    })
    await until(async () => (await fetch(`${prometheus.#url}/-/ready`)).ok, {
      timeoutMs: 30_000,
      what: 'Prometheus',
    })
    return prometheus
  }

  async query(expr: string): Promise<readonly Sample[]> {
    const { result } = await this.#get<{ result: readonly Sample[] }>(
      `query?query=${encodeURIComponent(expr)}`,
    )
    return result
  }

  async rules(): Promise<readonly RuleState[]> {
    const { groups } = await this.#get<{ groups: ReadonlyArray<{ rules: readonly RuleState[] }> }>('rules')
    return groups.flatMap(({ rules }) => rules)
  }

  /** Scraped addresses that do not answer, with the error. */
  async targetsDown(): Promise<readonly string[]> {
    const { activeTargets } = await this.#get<{
      activeTargets: ReadonlyArray<{ scrapeUrl: string; health: string; lastError: string }>
    }>('targets')
    return activeTargets
      .filter(({ health }) => health !== 'up')
      .map(({ scrapeUrl, lastError }) => `${scrapeUrl}: ${lastError}`)
  }

  stop(): Promise<void> {
    return this.#stop()
  }

  async #get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1/${path}`)
    const answer = (await response.json()) as { status: string; error?: string; data: T }
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`)
    return answer.data
  }
}

function configure(folder: string, targets: Targets): void {
  const scrape = join(folder, 'scrape.yml')
  let text = readFileSync(scrape, 'utf8')
  for (const [from, to] of Object.entries(targets)) text = text.replaceAll(`'${from}'`, `'${to}'`)
  writeFileSync(scrape, text)
  const main = join(folder, 'prometheus.yml')
  const config = parse(readFileSync(main, 'utf8'))
  writeFileSync(main, stringify({ ...config, global: { scrape_interval: '1s', evaluation_interval: '1s' } }))
}
