import { type Database, keyOf, sqlDateTime } from '@hlstats/database'
import { type GameEvent, isTimeZone, wallClock } from '@hlstats/events'
import { BaseRepository } from '@hlstats/infrastructure'
import type { PlayerWeaponCounts, WeaponCounts, WeaponUse } from './rules/weapon-book.ts'

const RELOAD_AFTER_MS = 30_000

/** Weapons of games and of players, and the summaries that plugins log of them. */
export class WeaponRepository extends BaseRepository {
  readonly #now: () => number
  #listed: { readonly keys: ReadonlySet<string>; readonly readAt: number } | undefined
  #timeZone = 'UTC'

  constructor(database: Database, now: () => number = () => performance.now()) {
    super(database)
    this.#now = now
  }

  /** The weapons that have a row, by `weaponKey`; read again after half a minute. */
  async listed(): Promise<ReadonlySet<string>> {
    if (this.#listed !== undefined && this.#now() - this.#listed.readAt < RELOAD_AFTER_MS)
      return this.#listed.keys
    const rows = await this.query<{ game: string; code: string }>('SELECT game, code FROM hlstats_Weapons')
    const keys = new Set(rows.map(({ game, code }) => weaponKey(game, code)))
    this.#timeZone = await this.#readTimeZone()
    this.#listed = { keys, readAt: this.#now() }
    return keys
  }

  count(game: string, code: string, counts: WeaponCounts): void {
    this.increment('hlstats_Weapons', { game, code }, { ...counts })
  }

  /** A weapon that nobody listed: it gets a row, and a note that it was found and when. */
  discover(game: string, code: string, { counts, firstSeen }: WeaponUse): void {
    this.upsert('hlstats_Weapons', { game, code }, { ...counts }, { name: code })
    this.upsert('hlstats_Weapon_Discoveries', { game, code }, {}, { first_seen: sqlDateTime(firstSeen) })
  }

  countOfPlayer(playerId: number, weapon: string, counts: PlayerWeaponCounts): void {
    this.upsert('hlstats_Player_Weapons', { player_id: playerId, weapon }, { ...counts })
  }

  addEvent(
    table: 'hlstats_Events_Statsme' | 'hlstats_Events_Statsme2',
    event: GameEvent,
    row: StatsRow,
  ): void {
    this.insertLater(table, {
      eventTime: wallClock(Date.parse(event.timestamp), this.#timeZone),
      serverId: event.serverId,
      map: event.map,
      ...row,
    })
  }

  /** As all event tables have it. The player service warns about a name that is no zone. */
  async #readTimeZone(): Promise<string> {
    const row = await this.queryOne<{ value: string }>(
      `SELECT value FROM hlstats_Options WHERE keyname = 'TimeZone' AND opttype < 2`,
    )
    const zone = row?.value.trim() ?? ''
    return isTimeZone(zone) ? zone : 'UTC'
  }
}

type StatsRow = Readonly<Record<string, string | number>>

/** How the database tells weapons apart. */
export function weaponKey(game: string, code: string): string {
  return `${keyOf(game)}\n${keyOf(code)}`
}
