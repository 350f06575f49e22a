import { copyDatabase, type Database, migrate, openDatabase } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { Command } from 'commander'
import { withAnyDatabase } from './opened-database.ts'

interface MigrateOptions {
  readonly seed: boolean
  readonly from?: string
  readonly to?: string
}

/** `hlstats migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'bring the tables and the seed data to this version (an HLstatsX:CE database is taken over), ' +
        'or copy the file of standalone into a server database',
    )
    .option('--no-seed', 'tables only, no games, weapons and actions')
    .option('--from <sqlite:file>', 'copy everything of this file, totals checked on both sides')
    .option('--to <mysql://…>', 'into this database, which nobody has counted into yet')
    .action(run)
}

async function run({ seed, from, to }: MigrateOptions): Promise<void> {
  if (from !== undefined && to !== undefined) return copy(from, to)
  if (from !== undefined || to !== undefined) {
    throw new StatsError('INPUT_INVALID', '--from and --to belong together: name the file and the database')
  }
  const { applied, legacy, seeded } = await withAnyDatabase((database) => migrate(database, { seed }))
  if (legacy) console.log('an HLstatsX:CE database, taken over with its data')
  console.log(`migrations applied: ${applied.length === 0 ? 'none, it is up to date' : applied.join(', ')}`)
  if (seed) console.log(`seed rows added: ${seeded}`)
}

async function copy(from: string, to: string): Promise<void> {
  const [source, target] = [await open(from), await open(to)]
  try {
    const copied = await copyDatabase(source, target)
    const rows = [...copied.values()].reduce((sum, count) => sum + count, 0)
    for (const table of ['hlstats_Players', 'hlstats_Servers', 'hlstats_Events_Frags']) {
      console.log(`${table}: ${copied.get(table) ?? 0} rows`)
    }
    console.log(`copied ${rows} rows of ${copied.size} tables; counts and sums agree on both sides`)
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}

function open(url: string): Promise<Database> {
  return openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
}
