import { StatsError } from '@hlstats/errors'
import type { Database } from './database.ts'
import { keyOf } from './key-of.ts'
import { rowsByKey } from './keyed-rows.ts'
import { currentUnit } from './unit-of-work.ts'

/** A player as an event names it. */
export interface PlayerIdentity {
  readonly game: string
  readonly uniqueId: string
  readonly name: string
  /** Unix seconds. */
  readonly createdAt: number
}

const IDS = 'hlstats_PlayerUniqueIds'

/** The key of a player in the answer of `ensurePlayers`. */
export function playerKey(game: string, uniqueId: string): string {
  return `${game}\n${keyOf(uniqueId)}`
}

/** The player ids of all these players, in a few statements; those that are new are made. Belongs inside a unit of work. */
export async function ensurePlayers(
  database: Database,
  players: readonly PlayerIdentity[],
): Promise<Map<string, number>> {
  const wanted = new Map(players.map((player) => [rowKey(player), player]))
  const ids = await database.transaction(async () => {
    const known = await knownIds(database, [...wanted.values()])
    const unknown = [...wanted].filter(([key]) => !known.get(key)).map(([, player]) => player)
    return unknown.length === 0 ? known : new Map([...known, ...(await makePlayers(database, unknown))])
  })
  return new Map(players.map((player) => [playerKey(player.game, player.uniqueId), idOf(player, ids)]))
}

function idOf(player: PlayerIdentity, ids: ReadonlyMap<string, number>): number {
  const id = ids.get(rowKey(player))
  if (id) return id
  throw new StatsError(
    'DB_QUERY',
    `${IDS} gives no player for ${player.uniqueId} of game ${player.game} although he was just made: are there triggers on it?`,
  )
}

// The unique id is claimed first, with player id 0. Whoever comes second waits there for the first to commit and then
// reads his player id, so no player is made twice.
async function makePlayers(
  database: Database,
  players: readonly PlayerIdentity[],
): Promise<Map<string, number>> {
  const sorted = [...players].sort((a, b) => (keyOf(a.uniqueId) < keyOf(b.uniqueId) ? -1 : 1))
  const claims = database.dialect.insert(
    IDS,
    ['uniqueId', 'game', 'playerId'],
    sorted.map(({ uniqueId, game }) => [uniqueId, game, 0]),
  )
  await database.execute(`${claims.sql} ON DUPLICATE KEY UPDATE uniqueId = ${IDS}.uniqueId`, claims.params)
  const ids = await knownIds(database, sorted)
  const mine = sorted.filter((player) => ids.get(rowKey(player)) === 0)
  if (mine.length === 0) return ids
  const made = database.dialect.insert(
    'hlstats_Players',
    ['lastName', 'game', 'createdate'],
    mine.map(({ name, game, createdAt }) => [name, game, createdAt]),
  )
  await database.execute(made.sql, made.params)
  // One INSERT of known length gets consecutive numbers in every InnoDB lock mode; Galera nodes step by more than one.
  const [first] = await database.query<{ id: number; step: number }>(database.dialect.firstInserted, [
    mine.length,
  ])
  if (first === undefined) throw new StatsError('DB_QUERY', 'the server told no id for the players just made')
  for (const [index, player] of mine.entries()) {
    const playerId = first.id + index * first.step
    ids.set(rowKey(player), playerId)
    currentUnit()?.assign(IDS, { uniqueId: player.uniqueId, game: player.game }, { playerId })
  }
  return ids
}

async function knownIds(
  database: Database,
  players: readonly PlayerIdentity[],
): Promise<Map<string, number>> {
  const rows = await rowsByKey<{ game: string; uniqueId: string; playerId: number }>(database, {
    table: IDS,
    keys: players.map(({ game, uniqueId }) => ({ game, uniqueId })),
    columns: ['game', 'uniqueId', 'playerId'],
  })
  return new Map(rows.map((row) => [rowKey(row), row.playerId]))
}

// The game's code compares as the database compares it, too.
function rowKey({ game, uniqueId }: Pick<PlayerIdentity, 'game' | 'uniqueId'>): string {
  return `${keyOf(game)}\n${keyOf(uniqueId)}`
}
