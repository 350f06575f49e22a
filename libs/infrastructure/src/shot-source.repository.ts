import type { Database } from '@hlstats/database'
import type { EventType, GameEvent } from '@hlstats/events'
import { BaseRepository } from './repository.base.ts'

/** Where a server's shots are counted from: a plugin's summaries, or the game's own lines for each shot and hit. */
export type ShotSource = 'stats' | 'lines'

const TABLE = 'hlstats_Shot_Sources'

const SHOT_EVENTS = new Set<EventType>(['WEAPON_STATS', 'WEAPON_FIRE', 'WEAPON_HIT', 'PLAYER_DAMAGE'])

/**
 * What the servers of a batch log about shots, as this service has seen it. Summaries and lines tell of the same shots:
 * from a server's first summary on, its lines count no more.
 */
export class ShotSources {
  readonly #sources: Map<number, ShotSource>
  readonly #changed = new Set<number>()

  constructor(sources: ReadonlyMap<number, ShotSource>) {
    this.#sources = new Map(sources)
  }

  /** A summary came. */
  sawStats(serverId: number): void {
    this.#set(serverId, 'stats')
  }

  /** A line about a shot came. */
  sawShot(serverId: number): void {
    if (!this.countsLines(serverId)) return
    this.#set(serverId, 'lines')
  }

  /** Lines about hits and damage count here; whether all shots are logged as well is another question. */
  countsLines(serverId: number): boolean {
    return this.#sources.get(serverId) !== 'stats'
  }

  /** Every shot has its line: hits have something to be compared with. */
  logsShots(serverId: number): boolean {
    return this.#sources.get(serverId) === 'lines'
  }

  *changes(): Generator<readonly [number, ShotSource]> {
    for (const serverId of this.#changed) {
      const source = this.#sources.get(serverId)
      if (source !== undefined) yield [serverId, source]
    }
  }

  #set(serverId: number, source: ShotSource): void {
    if (this.#sources.get(serverId) === source) return
    this.#sources.set(serverId, source)
    this.#changed.add(serverId)
  }
}

/** Remembers between batches what each server logs about shots: one row per service, so that none waits for another. */
export class ShotSourceRepository extends BaseRepository {
  readonly #service: string

  constructor(database: Database, service: string) {
    super(database)
    this.#service = service
  }

  /** What is known of the servers that tell of shots in these events. */
  async load(events: readonly GameEvent[]): Promise<ShotSources> {
    const telling = events.filter(({ eventType }) => SHOT_EVENTS.has(eventType))
    const serverIds = [...new Set(telling.map(({ serverId }) => serverId))]
    if (serverIds.length === 0) return new ShotSources(new Map())
    const rows = await this.query<{ serverId: number; source: ShotSource }>(
      `SELECT server_id AS serverId, source FROM ${TABLE}
        WHERE service = ? AND server_id IN (${serverIds.map(() => '?').join()})`,
      [this.#service, ...serverIds],
    )
    return new ShotSources(new Map(rows.map(({ serverId, source }) => [serverId, source])))
  }

  save(sources: ShotSources): void {
    for (const [serverId, source] of sources.changes()) {
      const key = { service: this.#service, server_id: serverId }
      this.upsert(TABLE, key, {}, { source })
      this.assign(TABLE, key, { source })
    }
  }
}
