import { randomBytes, timingSafeEqual } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { StatsError } from '@hlstats/errors'
import type { ServiceOptions } from '@hlstats/service'
import { OPERATION, type Operation } from './operations.ts'

type HttpApp = Parameters<NonNullable<ServiceOptions['routes']>>[0]

const LOOPBACK = /^(::ffff:)?127\.|^::1$/

/**
 * The way in for the command line: whoever may read the control file may open the database file as well, so it holds the
 * key. From another machine not even the key opens it.
 */
export class Control {
  readonly #file: string
  readonly #key = randomBytes(32).toString('hex')
  #app: HttpApp | undefined
  #perform: (operation: Operation) => Promise<unknown> = () => {
    throw new StatsError('SERVICE_UNREACHABLE', 'it is starting')
  }

  constructor(file: string) {
    this.#file = file
  }

  /** Adds its route to the process' own HTTP server. */
  attach(app: HttpApp): void {
    this.#app = app
    app.post<{ Body: Operation }>(
      '/operations',
      {
        schema: { body: OPERATION },
        onRequest: async ({ ip, headers }, reply) => {
          if (LOOPBACK.test(ip) && this.#isKey(headers.authorization ?? '')) return
          return reply.code(403).send({ message: 'only for the hlstats command on this machine' })
        },
      },
      async ({ body }, reply) => {
        try {
          return { answer: await this.#perform(body) }
        } catch (error) {
          if (!(error instanceof StatsError)) throw error
          return reply.code(422).send({ code: error.code, message: error.message })
        }
      },
    )
  }

  /** Lets the command line in, from when everything runs. */
  async open(perform: (operation: Operation) => Promise<unknown>): Promise<void> {
    this.#perform = perform
    const address = this.#app?.server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const content = JSON.stringify({ url: `http://127.0.0.1:${port}`, key: this.#key })
    const draft = `${this.#file}.${process.pid}`
    await writeFile(draft, content, { mode: 0o600 })
    await rename(draft, this.#file)
  }

  async close(): Promise<void> {
    await rm(this.#file, { force: true })
  }

  #isKey(authorization: string): boolean {
    const given = Buffer.from(authorization)
    const wanted = Buffer.from(`Bearer ${this.#key}`)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }
}
