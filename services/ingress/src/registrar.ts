import type { NewServer } from '@hlstats/database'
import { codeOf } from '@hlstats/errors'
import { type Packet, parseLine } from '@hlstats/game-logs'
import type { Sender } from './log-intake.ts'
import type { IngressOccurrences } from './occurrences.ts'
import type { ServerDirectory } from './server-directory.ts'

interface RegistrarOptions {
  readonly directory: Pick<ServerDirectory, 'gameAt' | 'reload'>
  readonly register: (server: NewServer) => Promise<unknown>
  readonly occurrences: IngressOccurrences
}

// Whoever can forge addresses of an allowed network must not fill the tables.
const MOST_IN_ONE_LIFE = 256
const AFTER_FAILURE_MS = 10_000

/** Registers game servers that send from a network which the operator has allowed. */
export class Registrar {
  readonly #options: RegistrarOptions
  #registered = 0
  #registering: Promise<void> | undefined
  #notBeforeMs = 0

  constructor(options: RegistrarOptions) {
    this.#options = options
  }

  /** Looks at what a stranger sent: a datagram that is no log line registers nobody. One at a time. */
  offer({ address, port }: Sender, { lines }: Packet): void {
    if (this.#registering !== undefined || performance.now() < this.#notBeforeMs) return
    const game = this.#options.directory.gameAt(address)
    if (game === undefined || !lines.some(isLogLine)) return
    if (this.#registered >= MOST_IN_ONE_LIFE) {
      this.#options.occurrences.registrationRefused({}, { sender: `${address}:${port}` })
      return
    }
    this.#registering = this.#register({
      address: { ip: address, port },
      game,
      name: `${address}:${port}`,
      mod: '',
      settings: {},
    }).finally(() => {
      this.#registering = undefined
    })
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#notBeforeMs = Number.POSITIVE_INFINITY
    await this.#registering
  }

  async #register(server: NewServer): Promise<void> {
    const { register, directory, occurrences } = this.#options
    const fields = { sender: server.name, game: server.game }
    try {
      await register(server)
      this.#registered += 1
      occurrences.registered({}, fields)
    } catch (err) {
      // Another ingress was faster: here it only has to be read.
      if (codeOf(err) !== 'INPUT_INVALID' && codeOf(err) !== 'DB_CONSTRAINT') {
        this.#notBeforeMs = performance.now() + AFTER_FAILURE_MS
        occurrences.registrationFailed({}, { ...fields, err })
        return
      }
    }
    await directory.reload()
  }
}

function isLogLine(text: string): boolean {
  const line = parseLine(text, () => false)
  return line.kind !== 'unrecognised' && line.kind !== 'glued' && line.time !== undefined
}
