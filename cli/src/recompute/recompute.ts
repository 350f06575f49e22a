import { setTimeout as delay } from 'node:timers/promises'
import { type Database, exclusively, type SqlSession } from '@hlstats/database'
import { codeOf, StatsError } from '@hlstats/errors'
import type { Difference } from './differences.ts'
import { type Evidence, evidenceOf, requireGame, serviceBehind } from './evidence.ts'
import { gameDifferences } from './game-differences.ts'
import { playerDifferences } from './player-differences.ts'

export interface RecomputeOptions {
  readonly game: string
  /** From this day on events are complete, whatever else says so. */
  readonly since?: string
  /** Write what differs. */
  readonly apply: boolean
  /** How long to wait for a moment at which the services have counted the same. */
  readonly patienceMs?: number
}

export interface Recomputation {
  readonly evidence: Evidence
  readonly players: number
  readonly differences: readonly Difference[]
}

const PLAYERS_AT_ONCE = 2_000
const ROWS_AT_ONCE = 1_000
const PATIENCE_MS = 20_000
const LOOK_AGAIN_MS = 200
const LOST_AGAINST_A_BATCH: ReadonlySet<string> = new Set(['DB_DEADLOCK', 'DB_LOCK_TIMEOUT'])
const TRIES = 10

/** Compares the counters of a game with its events, and adds the differences if it is asked to. */
export async function recompute(database: Database, options: RecomputeOptions): Promise<Recomputation> {
  await requireGame(database, options.game)
  if (!options.apply) return findDifferences(database, options)
  // Two at once would add the same difference twice.
  return exclusively(database, 'recompute', async () => {
    const found = await findDifferences(database, options)
    for (let start = 0; start < found.differences.length; start += ROWS_AT_ONCE) {
      await addDifferences(database, found.differences.slice(start, start + ROWS_AT_ONCE))
    }
    return found
  })
}

/** All of one moment at which the services had counted the same. */
async function findDifferences(database: Database, options: RecomputeOptions): Promise<Recomputation> {
  const until = performance.now() + (options.patienceMs ?? PATIENCE_MS)
  for (;;) {
    const found = await database.snapshot(async (session) => {
      const behind = await serviceBehind(session)
      return behind ?? compare(session, options)
    })
    if (typeof found !== 'string') return found
    if (performance.now() >= until) {
      throw new StatsError(
        'INPUT_INVALID',
        `the services have not counted the same yet: ${found}. Run it at a calmer moment, or stop ingress for it`,
      )
    }
    await delay(LOOK_AGAIN_MS)
  }
}

async function compare(session: SqlSession, { game, since }: RecomputeOptions): Promise<Recomputation> {
  const evidence = await evidenceOf(session, game, since)
  const ids = await session.query<{ playerId: number }>(
    'SELECT playerId FROM hlstats_Players WHERE game = ? ORDER BY playerId',
    [game],
  )
  const differences: Difference[] = []
  for (let start = 0; start < ids.length; start += PLAYERS_AT_ONCE) {
    const part = ids.slice(start, start + PLAYERS_AT_ONCE)
    const range = { game, from: part[0]?.playerId ?? 0, to: part.at(-1)?.playerId ?? 0 }
    differences.push(...(await playerDifferences(session, evidence, range)))
  }
  differences.push(...(await gameDifferences(session, evidence, game)))
  return { evidence, players: ids.length, differences }
}

// As differences, not as values: what the services count meanwhile is added to the same rows.
async function addDifferences(database: Database, differences: readonly Difference[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await addOnce(database, differences)
    } catch (error) {
      // Nothing of it happened. After a connection that broke nobody knows, so that is not tried again.
      if (!LOST_AGAINST_A_BATCH.has(codeOf(error)) || tries === TRIES) throw error
    }
  }
}

async function addOnce(database: Database, differences: readonly Difference[]): Promise<void> {
  await database.runUnit(async (unit) => {
    for (const { table, key, deltas, initial } of differences) {
      if (table === 'hlstats_Players') unit.increment(table, key, deltas)
      else unit.upsert(table, key, deltas, initial)
    }
  })
}
