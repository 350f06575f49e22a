import { existsSync } from 'node:fs'
import { hideCredentials } from '@hlstats/config'
import { copyDatabase, migrate, sqlitePath } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { uncountedRecords } from '@hlstats/standalone'
import { Command } from 'commander'
import { chosenDatabaseUrl, isFileUrl, withOwnDatabase } from './opened-database.ts'

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
  const { applied, legacy, seeded } = await withOwnDatabase(chosenDatabaseUrl(), (database) =>
    migrate(database, { seed }),
  )
  if (legacy) console.log('an HLstatsX:CE database, taken over with its data')
  console.log(`migrations applied: ${applied.length === 0 ? 'none, it is up to date' : applied.join(', ')}`)
  if (seed) console.log(`seed rows added: ${seeded}`)
}

async function copy(from: string, to: string): Promise<void> {
  if (!isFileUrl(from) || !existsSync(sqlitePath(from)))
    throw new StatsError(
      'INPUT_INVALID',
      `--from "${hideCredentials(from)}" is no database file: write it like sqlite:data/hlstats.db`,
    )
  const copied = await withOwnDatabase(from, async (source) => {
    const left = await uncountedRecords(from)
    if (left > 0) {
      const remedy = 'start standalone once and stop it with Ctrl-C, then copy again'
      throw new StatsError(
        'INPUT_INVALID',
        `the journal beside ${from} holds ${left} records not counted yet: ${remedy}`,
      )
    }
    return withOwnDatabase(to, (target) => copyDatabase(source, target))
  })
  const rows = [...copied.values()].reduce((sum, count) => sum + count, 0)
  for (const table of ['hlstats_Players', 'hlstats_Servers', 'hlstats_Events_Frags']) {
    console.log(`${table}: ${copied.get(table) ?? 0} rows`)
  }
  console.log(`copied ${rows} rows of ${copied.size} tables; counts and sums agree on both sides`)
}
