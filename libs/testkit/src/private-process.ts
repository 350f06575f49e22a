import { closeSync, openSync, readFileSync } from 'node:fs'
import { StatsError } from '@hlstats/errors'
import { LeashedChild } from './leashed-child.ts'
import { until } from './until.ts'

/** How to run one server program of our own. */
export interface PrivateProgram {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly folder: string
  readonly logFile: string
  /** A program that must run beside it, as one shell command. */
  readonly companion?: string
  readonly isReady: () => Promise<boolean>
}

// RabbitMQ 3.10 closes everything within 0.1 s and then waits for its statistics for 5 s more.
const STOP_WITHIN_MS = 3_000

/** A server program started for us alone; it may be killed and started again on the same data. */
export class PrivateProcess {
  readonly #program: PrivateProgram
  #child: LeashedChild | undefined

  constructor(program: PrivateProgram) {
    this.#program = program
  }

  /** Resolves when the server answers; throws BACKEND_MISSING with the end of its log when it doesn't. */
  async start(): Promise<void> {
    if (this.#child?.isRunning) return
    const { name, logFile, isReady } = this.#program
    const child = this.#spawn()
    this.#child = child
    try {
      await until(async () => !child.isRunning || (await isReady()), {
        timeoutMs: 60_000,
        everyMs: 100,
        what: `an answer of the private ${name}`,
      })
      if (!child.isRunning) throw new Error(`${name} ended with code ${child.process.exitCode}`)
    } catch (cause) {
      await child.kill('SIGKILL')
      throw new StatsError(
        'BACKEND_MISSING',
        `${name} did not start; the end of ${logFile}:\n${tail(logFile)}`,
        { cause },
      )
    }
  }

  /** Stops in good order. What takes too long is killed: both servers are made to take that without loss. */
  async stop(): Promise<void> {
    await this.#child?.stop(STOP_WITHIN_MS)
  }

  /** Sends a signal to the server and everything in its group; SIGKILL resolves when it is gone. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    await this.#child?.kill(signal)
  }

  #spawn(): LeashedChild {
    const { name, command, args, env, folder, logFile, companion } = this.#program
    const output = openSync(logFile, 'a')
    try {
      const program = { command, args, cwd: folder, env: { ...process.env, ...env }, output }
      return new LeashedChild(name, companion === undefined ? program : { ...program, companion })
    } finally {
      closeSync(output)
    }
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
}
