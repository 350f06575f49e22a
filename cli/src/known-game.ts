import type { Database } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'

/** Refuses a game code that is none, and names those that were played. */
export async function requireGame(database: Database, game: string): Promise<void> {
  const [found] = await database.query('SELECT code FROM hlstats_Games WHERE code = ?', [game])
  if (found !== undefined) return
  const rows = await database.query<{ game: string }>(
    'SELECT DISTINCT game FROM hlstats_Players ORDER BY game',
  )
  const played = rows.length === 0 ? 'nobody has played yet' : rows.map((row) => row.game).join(', ')
  throw new StatsError('INPUT_INVALID', `--game ${game} is no game code; played so far: ${played}`)
}
