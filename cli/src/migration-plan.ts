import { type Database, planMigration, recentForeignKills, type TakeOverPlan } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { textTable } from './text-table.ts'

const MEBIBYTE = 1_048_576

/** Says what `hlstats migrate` would do. What stands in its way ends the command with an error. */
export async function printMigrationPlan(database: Database): Promise<void> {
  const { pending, takeOver } = await planMigration(database)
  if (takeOver !== undefined) printTakeOver(takeOver)
  console.log(`migrations to apply: ${pending.length === 0 ? 'none, it is up to date' : pending.join(', ')}`)
  if (pending.length === 0) await printForeignKills(database)
  console.log('nothing was changed')
  const problems = takeOver?.problems ?? []
  if (problems.length === 0) return
  throw new StatsError('DB_SCHEMA', `before this database can be taken over: ${problems.join('; ')}`)
}

async function printForeignKills(database: Database): Promise<void> {
  const { kills, serverIds } = await recentForeignKills(database)
  if (kills === 0) return
  console.log(
    `another program wrote ${kills} of the newest kills (servers ${serverIds.join(', ')}): stop the old daemon, hlstats.pl`,
  )
}

function printTakeOver(plan: TakeOverPlan): void {
  const { version, tables, missing, others, twins, bytesNeeded, countedSecondsAgo } = plan
  console.log(`HLstatsX:CE ${version}`)
  const rows = tables.filter((table) => table.rows > 0 || table.changes.length > 0)
  console.log(
    textTable(
      [
        { title: 'Table' },
        { title: 'Rows', right: true },
        { title: 'MiB', right: true },
        { title: 'What is done' },
      ],
      rows.map((table) => [table.table, table.rows, (table.bytes / MEBIBYTE).toFixed(1), deeds(table)]),
    ),
  )
  for (const twin of twins) console.log(`same key: ${twin}`)
  if (missing.length > 0) console.log(`tables to make: ${missing.join(', ')}`)
  if (others.length > 0) {
    console.log(`left alone: ${others.map(({ table, engine }) => `${table} (${engine})`).join(', ')}`)
  }
  console.log(`free disk space to have: ${Math.ceil(bytesNeeded / MEBIBYTE)} MiB`)
  if (countedSecondsAgo !== undefined) {
    console.log(
      `somebody counted into it ${countedSecondsAgo} seconds ago: stop the old daemon (hlstats.pl) before you migrate`,
    )
  }
}

function deeds({ changes, noDates }: TakeOverPlan['tables'][number]): string {
  const dates = noDates > 0 ? [`${noDates} dates of zeros become NULL`] : []
  const clauses = changes.filter((change) => change !== 'ROW_FORMAT = DYNAMIC')
  return [...clauses.map((clause) => clause.replaceAll('`', '')), ...dates].join('; ') || 'nothing'
}
