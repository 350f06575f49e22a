import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { StatsError } from '@hlstats/errors'
import { until } from './until.ts'

/** How to run one server program of our own. */
export interface PrivateProgram {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly folder: string
  readonly logFile: string
  /** A program that must run beside it in the same process group, as one shell command. */
  readonly companion?: string
  readonly isReady: () => Promise<boolean>
}

// The server hangs on a pipe of its owner: whatever way the owner ends, the pipe closes and the server stops. A process group of
// its own keeps Ctrl-C from it, and lets one signal reach everything in it.
const LEASH = [
  '"$@" </dev/null 3<&- & server=$!',
  '(cat <&3 >/dev/null; kill -TERM $server 2>/dev/null) &',
  'wait $server; code=$?; trap "" TERM; kill -TERM 0; exit $code',
].join('\n')

/** A server program started for us alone; it may be killed and started again on the same data. */
export class PrivateProcess {
  readonly #program: PrivateProgram
  #child: ChildProcess | undefined

  constructor(program: PrivateProgram) {
    this.#program = program
  }

  /** Resolves when the server answers; throws BACKEND_MISSING with the end of its log when it doesn't. */
  async start(): Promise<void> {
    if (this.#isRunning()) return
    const { name, command, args, env, folder, logFile, companion } = this.#program
    const log = openSync(logFile, 'a')
    const script = `exec 3<&0\n${companion === undefined ? '' : `${companion} </dev/null 3<&- &\n`}${LEASH}`
    const child = spawn('/bin/sh', ['-c', script, name, command, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['pipe', log, log],
      detached: true,
    })
    closeSync(log)
    this.#child = child
    child.unref()
    try {
      await until(
        async () => {
          if (!this.#isRunning()) return 'ended'
          return (await this.#program.isReady()) ? 'ready' : false
        },
        { timeoutMs: 60_000, everyMs: 100, what: `an answer of the private ${name}` },
      )
      if (!this.#isRunning()) throw new Error(`${name} ended with code ${child.exitCode}`)
    } catch (cause) {
      await this.kill('SIGKILL')
      throw new StatsError(
        'BACKEND_MISSING',
        `${name} did not start; the end of ${logFile}:\n${tail(logFile)}`,
        { cause },
      )
    }
  }

  /** Stops in good order; what is still there after the deadline is killed. */
  async stop(withinMs = 8_000): Promise<void> {
    const child = this.#child
    if (child === undefined || !this.#isRunning()) return
    child.stdin?.end()
    await until(() => !this.#isRunning(), { timeoutMs: withinMs }).catch(() => undefined)
    await this.kill('SIGKILL')
  }

  /** Sends a signal to the server and everything in its group; SIGKILL resolves when it is gone. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child?.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
    if (signal === 'SIGKILL')
      await until(() => !this.#isRunning(), { what: `the end of ${this.#program.name}` })
  }

  #isRunning(): boolean {
    const child = this.#child
    return child !== undefined && child.exitCode === null && child.signalCode === null
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
}
