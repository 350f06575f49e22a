import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@hlstats/database'
import type { PlayerTotals, SimulatedTotals, WeaponTotals } from './simulated-totals.ts'

type Counts = Readonly<Record<string, number>>

const PLAYER_COLUMNS = ['kills', 'deaths', 'headshots', 'suicides', 'teamkills'] as const
const WEAPON_COLUMNS = ['kills', 'headshots'] as const
const ASK_EVERY_MS = 200
// Nothing moved for so long: what is missing now will not come.
const SETTLED_MS = 10_000

/** Compares the database with what a simulated match must lead to; what was there before the match is left out. */
export class TotalsCheck {
  readonly #database: Database
  readonly #totals: SimulatedTotals
  readonly #before: ReadonlyMap<string, Counts>

  private constructor(database: Database, totals: SimulatedTotals, before: ReadonlyMap<string, Counts>) {
    this.#database = database
    this.#totals = totals
    this.#before = before
  }

  /** Takes down what is in the database before the match is sent. */
  static async open(database: Database, totals: SimulatedTotals): Promise<TotalsCheck> {
    return new TotalsCheck(database, totals, await readCounts(database, totals))
  }

  /** Waits until the database shows the totals; returns what differs when nothing changes any more. */
  async settle(): Promise<string[]> {
    let last = ''
    let changedMs = performance.now()
    for (;;) {
      const counts = await readCounts(this.#database, this.#totals)
      const different = this.#differences(counts)
      if (different.length === 0) return []
      const picture = JSON.stringify([...counts])
      if (picture !== last) changedMs = performance.now()
      if (performance.now() - changedMs > SETTLED_MS) return different
      last = picture
      await delay(ASK_EVERY_MS)
    }
  }

  #differences(counts: ReadonlyMap<string, Counts>): string[] {
    const { players, weapons } = this.#totals
    return [
      ...players.flatMap((player) => this.#compare(playerKey(player), PLAYER_COLUMNS, player, counts)),
      ...weapons.flatMap((weapon) => this.#compare(weaponKey(weapon), WEAPON_COLUMNS, weapon, counts)),
    ]
  }

  #compare<K extends string>(
    key: string,
    columns: readonly K[],
    wanted: Readonly<Record<K, number>>,
    counts: ReadonlyMap<string, Counts>,
  ): string[] {
    return columns.flatMap((column) => {
      const found = (counts.get(key)?.[column] ?? 0) - (this.#before.get(key)?.[column] ?? 0)
      return found === wanted[column] ? [] : [`${key}: ${column} ${found}, sent ${wanted[column]}`]
    })
  }
}

async function readCounts(
  database: Database,
  { game, players }: SimulatedTotals,
): Promise<Map<string, Counts>> {
  const ids = players.map(({ uniqueId }) => uniqueId)
  const playerRows = await database.query<PlayerTotals>(
    `SELECT u.uniqueId, p.kills, p.deaths, p.headshots, p.suicides, p.teamkills
       FROM hlstats_PlayerUniqueIds u JOIN hlstats_Players p ON p.playerId = u.playerId
      WHERE u.game = ? AND u.uniqueId IN (${ids.map(() => '?').join(', ')})`,
    [game, ...ids],
  )
  const weaponRows = await database.query<WeaponTotals>(
    'SELECT code AS weapon, kills, headshots FROM hlstats_Weapons WHERE game = ?',
    [game],
  )
  return new Map<string, Counts>([
    ...playerRows.map((row) => [playerKey(row), pick(row, PLAYER_COLUMNS)] as const),
    ...weaponRows.map((row) => [weaponKey(row), pick(row, WEAPON_COLUMNS)] as const),
  ])
}

function pick<K extends string>(row: Readonly<Record<K, number>>, columns: readonly K[]): Counts {
  return Object.fromEntries(columns.map((column) => [column, Number(row[column])]))
}

function playerKey({ uniqueId }: { uniqueId: string }): string {
  return `player ${uniqueId}`
}

function weaponKey({ weapon }: { weapon: string }): string {
  return `weapon ${weapon}`
}
