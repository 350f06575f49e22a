import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { until } from './until.ts'

export interface LeashedCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Of standard output and error. */
  readonly output: 'pipe' | number
  /** A program that must run beside it in the same process group, as one shell command. */
  readonly companion?: string
}

// The program hangs on a pipe of its owner: whatever way the owner ends, the pipe closes and the program is asked to stop.
const LEASH = [
  '"$@" </dev/null 3<&- & program=$!',
  '(cat <&3 >/dev/null; kill -TERM $program 2>/dev/null) >/dev/null 2>&1 &',
  'wait $program; code=$?; trap "" TERM; kill -TERM 0; exit $code',
].join('\n')

/** A program that never outlives its owner; its process group of its own keeps Ctrl-C from it. */
export class LeashedChild {
  readonly process: ChildProcess
  readonly #name: string

  constructor(name: string, { command, args, cwd, env, output, companion }: LeashedCommand) {
    const script = `exec 3<&0\n${companion === undefined ? '' : `${companion} </dev/null 3<&- &\n`}${LEASH}`
    const stdio: StdioOptions = ['pipe', output, output]
    this.#name = name
    this.process = spawn('/bin/sh', ['-c', script, name, command, ...args], {
      cwd,
      env,
      stdio,
      detached: true,
    })
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null
  }

  /** Asks it to stop in good order; what is still there after the deadline is killed. True when it ended by itself. */
  async stop(withinMs: number): Promise<boolean> {
    this.process.stdin?.end()
    const ended = await until(() => !this.isRunning, { timeoutMs: withinMs }).then(
      () => true,
      () => false,
    )
    await this.kill('SIGKILL')
    return ended
  }

  /** Sends a signal to the program and everything in its group; SIGKILL resolves when all of it is gone. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    this.#signalGroup(signal)
    if (signal !== 'SIGKILL') return
    // The shell may be gone before the program that it started: what the program held is free only then.
    await until(() => !this.isRunning && !this.#signalGroup(0), { what: `the end of ${this.#name}` })
  }

  /** False when nothing is left in the group. */
  #signalGroup(signal: NodeJS.Signals | 0): boolean {
    if (this.process.pid === undefined) return false
    try {
      return process.kill(-this.process.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
      throw error
    }
  }
}
