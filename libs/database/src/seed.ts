import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { tableNamed } from './catalogue.ts'
import type { Database } from './database.ts'
import type { SqlRow, SqlValue } from './sql-value.ts'

const FOLDER = new URL('../../../prisma/seed/', import.meta.url)

/** Seed data of one table: the key that tells what is new, the columns, and the rows. */
interface SeedFile {
  readonly table: string
  readonly key: readonly string[]
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SqlValue[])[]
}

const FILES = [
  'games',
  'supported-games',
  'game-defaults',
  'server-defaults',
  'supported-mods',
  'mod-defaults',
  'options',
  'weapons',
  'actions',
  'teams',
  'roles',
  'clan-tags',
]

/**
 * Inserts the seed rows that are new and returns how many. What is there stays as an admin left it; what an admin
 * deleted comes back only when a new version of that file is seeded.
 */
export async function seed(database: Database, options: { onlyEmptyTables: boolean }): Promise<number> {
  let inserted = 0
  for (const name of FILES) inserted += await seedFile(database, name, options)
  return inserted + (await seedProxyKey(database))
}

// Opens the envelope in which one program speaks for a game server: another secret for every installation.
async function seedProxyKey(database: Database): Promise<number> {
  return database.execute('INSERT IGNORE INTO hlstats_Options (keyname, value, opttype) VALUES (?, ?, 1)', [
    'Proxy_Key',
    randomBytes(12).toString('hex'),
  ])
}

async function seedFile(
  database: Database,
  name: string,
  options: { onlyEmptyTables: boolean },
): Promise<number> {
  const text = await readFile(new URL(`${name}.json`, FOLDER), 'utf8')
  const digest = createHash('sha256').update(text).digest('hex')
  const file: SeedFile = JSON.parse(text)
  return database.runUnit(async (unit) => {
    const mark = `seed.${name}`
    const [seeded] = await database.query<{ value: string }>(
      'SELECT value FROM hlstats_System WHERE name = ? FOR UPDATE',
      [mark],
    )
    if (seeded?.value === digest) return 0
    const before = await countRows(database, file.table)
    if (!(options.onlyEmptyTables && before > 0)) {
      for (const row of file.rows) {
        const values: SqlRow = Object.fromEntries(
          file.columns.map((column, index) => [column, row[index] ?? null]),
        )
        const key = Object.fromEntries(file.key.map((column) => [column, values[column] ?? null]))
        unit.upsert(file.table, key, {}, values)
      }
    }
    const after = await countRows(database, file.table)
    unit.upsert('hlstats_System', { name: mark }, {}, { value: digest })
    unit.assign('hlstats_System', { name: mark }, { value: digest })
    return after - before
  })
}

async function countRows(database: Database, table: string): Promise<number> {
  tableNamed(table)
  const [row] = await database.query<{ rows: number }>(`SELECT COUNT(*) AS \`rows\` FROM \`${table}\``)
  return row?.rows ?? 0
}
