import { existsSync } from 'node:fs'
import { hideCredentials } from '@hlstats/config'
import { copyDatabase, type MigrationReport, migrate, sqlitePath } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import { assertAllCounted } from './counted-file.ts'
import { printMigrationPlan } from './migration-plan.ts'
import { chosenDatabaseUrl, isFileUrl, withOwnDatabase } from './opened-database.ts'

interface MigrateOptions {
  readonly seed: boolean
  readonly plan?: boolean
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
    .option('--plan', 'only say what would be done, and what stands in the way')
    .option('--from <sqlite:file>', 'copy everything of this file, totals checked on both sides')
    .option('--to <mysql://…>', 'into this database, which nobody has counted into yet')
    .action(run)
}

async function run({ seed, plan, from, to }: MigrateOptions): Promise<void> {
  if (plan === true && (from !== undefined || to !== undefined)) {
    throw new StatsError(
      'INPUT_INVALID',
      '--plan is for the tables of DATABASE_URL: leave --from and --to out',
    )
  }
  if (from !== undefined && to !== undefined) return copy(from, to)
  if (from !== undefined || to !== undefined) {
    throw new StatsError('INPUT_INVALID', '--from and --to belong together: name the file and the database')
  }
  if (plan === true) return withOwnDatabase(chosenDatabaseUrl(), printMigrationPlan)
  const onTable = ({ table, rows }: { table: string; rows: number }) => {
    if (rows > 0) console.log(`${table}: ${rows} rows, the same before and after`)
  }
  const report = await withOwnDatabase(chosenDatabaseUrl(), (database) =>
    migrate(database, { seed, onTable }),
  )
  printTakeOver(report)
  const { applied, seeded } = report
  console.log(`migrations applied: ${applied.length === 0 ? 'none, it is up to date' : applied.join(', ')}`)
  if (seed) console.log(`seed rows added: ${seeded}`)
}

function printTakeOver({ legacy, takeOver }: MigrationReport): void {
  if (legacy) console.log('an HLstatsX:CE database, taken over with its data')
  if (takeOver === undefined) return
  const { tables, made, twins, liveRowsCleared } = takeOver
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  console.log(`${rows} rows of ${tables.length} tables: numbers, sums and check sums are those from before`)
  for (const twin of twins) console.log(`same key: ${twin}`)
  if (made.length > 0) console.log(`tables that were missing: ${made.join(', ')}`)
  if (liveRowsCleared > 0) console.log(`live list emptied: ${liveRowsCleared} players of the old daemon`)
}

async function copy(from: string, to: string): Promise<void> {
  if (!isFileUrl(from) || !existsSync(sqlitePath(from)))
    throw new StatsError(
      'INPUT_INVALID',
      `--from "${hideCredentials(from)}" is no database file: write it like sqlite:data/hlstats.db`,
    )
  const copied = await withOwnDatabase(from, async (source) => {
    await assertAllCounted(from)
    return withOwnDatabase(to, (target) => copyDatabase(source, target))
  })
  const rows = [...copied.values()].reduce((sum, count) => sum + count, 0)
  for (const table of ['hlstats_Players', 'hlstats_Servers', 'hlstats_Events_Frags']) {
    console.log(`${table}: ${copied.get(table) ?? 0} rows`)
  }
  console.log(`copied ${rows} rows of ${copied.size} tables; counts and sums agree on both sides`)
}
