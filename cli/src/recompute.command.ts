import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import { chosenDatabaseUrl, withDatabase, withOwnDatabase } from './opened-database.ts'
import { recompute } from './recompute/recompute.ts'
import { recomputationReport } from './recompute/report.ts'

interface Options {
  readonly game: string
  readonly since?: string
  readonly apply: boolean
}

/** `hlstats recompute` */
export function recomputeCommand(): Command {
  return new Command('recompute')
    .description("compare the counters of a game's players, days, weapons and maps with its events")
    .requiredOption('--game <code>', 'the game')
    .option('--since <day>', 'events are complete from this day on (YYYY-MM-DD), whatever the oldest one is')
    .option('--apply', 'add the differences; without it they are only shown', false)
    .action(run)
}

async function run({ game, since, apply }: Options): Promise<void> {
  if (since !== undefined && !isDay(since)) {
    throw new StatsError('INPUT_INVALID', `--since ${since} is no day: write it like 2026-11-30`)
  }
  const options = { game, apply, ...(since === undefined ? {} : { since }) }
  const found = apply
    ? await withOwnDatabase(chosenDatabaseUrl(), (database) => recompute(database, options))
    : await withDatabase((database) => recompute(database, options))
  console.log(recomputationReport(found, apply))
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}
