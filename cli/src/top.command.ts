import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@hlstats/database'
import { Command } from 'commander'
import { formatLeaderboard, playedGames, readLeaderboard } from './leaderboard.ts'
import { positiveInteger } from './numbers.ts'
import { withDatabase } from './opened-database.ts'

interface TopOptions {
  readonly game?: string
  readonly limit: number
  readonly watch: boolean
}

const WATCH_EVERY_MS = 1_000

/** `hlstats top` */
export function topCommand(): Command {
  return new Command('top')
    .description('the best players by points')
    .option('--game <code>', 'only this game; every game that was played unless given')
    .option('--limit <count>', 'how many players', positiveInteger, 20)
    .option('--watch', 'show it again whenever it changes, until Ctrl-C', false)
    .action(top)
}

async function top(options: TopOptions): Promise<void> {
  await withDatabase(async (database) => {
    let shown = ''
    for (;;) {
      const text = await page(database, options)
      if (text !== shown) show(text, options.watch)
      shown = text
      if (!options.watch) return
      await delay(WATCH_EVERY_MS)
    }
  })
}

async function page(database: Database, { game, limit }: TopOptions): Promise<string> {
  const games = game === undefined ? await playedGames(database) : [game]
  const parts: string[] = []
  for (const code of games) {
    const rows = await readLeaderboard(database, { game: code, limit })
    parts.push(`${code}\n${formatLeaderboard(rows)}\n`)
  }
  return parts.length === 0 ? 'nobody has played yet' : parts.join('\n')
}

function show(text: string, watching: boolean): void {
  if (watching && process.stdout.isTTY) console.clear()
  console.log(text)
}
