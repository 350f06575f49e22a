import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@hlstats/database'
import { Argument, Command } from 'commander'
import { requireGame } from './known-game.ts'
import { positiveInteger } from './numbers.ts'
import { withDatabase } from './opened-database.ts'
import { RANKED, type Ranked, rankedGames, readRanking } from './rankings.ts'
import { writeOut } from './standard-output.ts'
import { printableJson } from './terminal-text.ts'

interface TopOptions {
  readonly game?: string
  readonly limit: number
  readonly watch: boolean
  readonly json: boolean
}

const WATCH_EVERY_MS = 1_000

/** `hlstats top players|weapons|maps|servers` */
export function topCommand(): Command {
  return new Command('top')
    .description('the best players by points; the weapons, maps and servers with the most kills')
    .addArgument(new Argument('[what]', 'what to rank').choices(RANKED).default('players'))
    .option('--game <code>', 'only this game; every game that was played unless given')
    .option('--limit <count>', 'how many of each game', positiveInteger, 20)
    .option('--watch', 'show it again whenever it changes, until Ctrl-C', false)
    .option('--json', 'one line of JSON, an array of rows, instead of tables', false)
    .action(top)
}

async function top(ranked: Ranked, options: TopOptions): Promise<void> {
  await withDatabase(async (database) => {
    if (options.game !== undefined) await requireGame(database, options.game)
    await writeOut(pages(database, ranked, options))
  })
}

async function* pages(database: Database, ranked: Ranked, options: TopOptions): AsyncGenerator<string> {
  let shown = ''
  for (;;) {
    const text = await page(database, ranked, options)
    if (text !== shown) {
      if (options.watch && !options.json && process.stdout.isTTY) console.clear()
      yield `${text}\n`
    }
    shown = text
    if (!options.watch) return
    await delay(WATCH_EVERY_MS)
  }
}

async function page(database: Database, ranked: Ranked, { game, limit, json }: TopOptions): Promise<string> {
  const games = game === undefined ? await rankedGames(database, ranked) : [game]
  const rankings = await Promise.all(
    games.map((code) => readRanking(database, ranked, { game: code, limit })),
  )
  if (json) return printableJson(rankings.flatMap(({ rows }) => rows))
  if (rankings.length === 0)
    return ranked === 'servers' ? 'no game server is registered' : 'nobody has played yet'
  return rankings.map(({ table }, index) => `${games[index]}\n${table}\n`).join('\n')
}
