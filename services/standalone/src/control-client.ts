import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { KeyChange, NetworkChange, NewServer } from '@hlstats/database'
import { CODES, type ErrorCode, StatsError, toError } from '@hlstats/errors'
import { addServerOperation, type Operation, type Operations, type ReplayOutcome } from './operations.ts'

// A process that starts or stops owns the journal already or still, and lets nobody in.
const TRY_FOR_MS = 5_000
const TRY_EVERY_MS = 200
// A partition that was stopped is tried again after a minute; the answer is not worth waiting for that long.
const ANSWER_WITHIN_MS = 30_000

/** Has the running process do it. */
export class ControlClient implements Operations {
  readonly #file: string
  readonly #owner: number

  constructor(file: string, owner: number) {
    this.#file = file
    this.#owner = owner
  }

  addServer(server: NewServer): Promise<number> {
    return this.#ask<number>(addServerOperation(server))
  }

  changeKeys(change: KeyChange): Promise<number> {
    return this.#ask<number>({ what: 'changeKeys', change: { ...change, keys: [...change.keys] } })
  }

  changeNetwork(change: NetworkChange): Promise<boolean> {
    return this.#ask<boolean>({ what: 'changeNetwork', change })
  }

  replayParked(ids: readonly number[]): Promise<readonly ReplayOutcome[]> {
    return this.#ask<readonly ReplayOutcome[]>({ what: 'replayParked', ids: [...ids] })
  }

  discardParked(id: number): Promise<boolean> {
    return this.#ask<boolean>({ what: 'discardParked', id })
  }

  async #ask<T>(operation: Operation): Promise<T> {
    const response = await this.#send(operation)
    const said = (await response.json()) as { answer?: T; code?: string; message?: string }
    if (response.ok && said.answer !== undefined) return said.answer
    const message = said.message ?? `it answered ${response.status}`
    throw isCode(said.code) ? new StatsError(said.code, message) : this.#unreachable(message)
  }

  async #send(operation: Operation): Promise<Response> {
    const deadline = performance.now() + TRY_FOR_MS
    for (;;) {
      const control = await this.#control()
      const response = control === undefined ? undefined : await this.#post(control, operation)
      if (response !== undefined) return response
      if (performance.now() > deadline) throw this.#unreachable('it is starting or stopping')
      await pause(TRY_EVERY_MS)
    }
  }

  /** Undefined when nobody listens there: whatever else goes wrong, the operation may have been done. */
  async #post(
    { url, key }: { url: string; key: string },
    operation: Operation,
  ): Promise<Response | undefined> {
    try {
      return await fetch(`${url}/operations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(operation),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
    } catch (error) {
      const { cause, message } = toError(error)
      if ((cause as { code?: string } | undefined)?.code === 'ECONNREFUSED') return undefined
      throw this.#unreachable(`${message}: look whether it was done before you ask again`)
    }
  }

  async #control(): Promise<{ url: string; key: string } | undefined> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8'))
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === 'ENOENT') return undefined
      if (code !== 'EACCES') throw error
      throw this.#unreachable(`${this.#file} is not for this user: run the command as the one it runs as`)
    }
  }

  #unreachable(why: string): StatsError {
    return new StatsError('SERVICE_UNREACHABLE', `standalone, process ${this.#owner}: ${why}`)
  }
}

function isCode(text: string | undefined): text is ErrorCode {
  return text !== undefined && Object.hasOwn(CODES, text)
}
