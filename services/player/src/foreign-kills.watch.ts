import { type Database, foreignKills, newestKill } from '@hlstats/database'
import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'

interface WatchDeps {
  readonly database: Database
  readonly logger: ILogger
  readonly metrics: Metrics
}

const LOOK_EVERY_MS = 60_000

/** Looks every minute whether the old daemon counts into the same tables: its kills do not say how points moved. */
export class ForeignKillsWatch {
  readonly #database: Database
  readonly #kills
  readonly #report
  readonly #failed
  #seen: number | undefined
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined

  constructor({ database, logger, metrics }: WatchDeps) {
    this.#database = database
    const occurrences = new Occurrences({ logger, metrics })
    this.#kills = metrics.counter({
      name: 'hlstats_foreign_kills_total',
      help: 'Kills that another program wrote into hlstats_Events_Frags: the old daemon still counts.',
    })
    this.#report = occurrences.define({
      counter: 'hlstats_foreign_kill_reports_total',
      help: 'Looks that found kills of another program.',
      level: LogLevel.WARN,
      message: 'another program counts into this database: stop hlstats.pl',
    })
    this.#failed = occurrences.define({
      counter: 'hlstats_foreign_kill_looks_failed_total',
      help: 'Looks for kills of another program that the database did not answer.',
      level: LogLevel.WARN,
      message: 'could not look for kills of another program',
    })
  }

  start(): void {
    this.#looking = this.#tryToLook()
    this.#timer = setInterval(() => {
      this.#looking = this.#looking?.then(() => this.#tryToLook())
    }, LOOK_EVERY_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  /** The first look only finds out where to begin. */
  async look(): Promise<void> {
    if (this.#seen === undefined) {
      this.#seen = await newestKill(this.#database)
      return
    }
    const { newest, kills, serverIds } = await foreignKills(this.#database, this.#seen)
    this.#seen = newest
    if (kills === 0) return
    this.#kills.inc({}, kills)
    this.#report({}, { kills, servers: serverIds })
  }

  // It decides nothing: the next look comes in a minute.
  async #tryToLook(): Promise<void> {
    try {
      await this.look()
    } catch (err) {
      this.#failed({}, { err })
    }
  }
}
