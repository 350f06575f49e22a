// The SQLite schema and migrations, made from the MySQL ones. Plain JavaScript: generate.mjs runs on whatever Node a
// machine has.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Columns of unique keys that hold texts from players and logs. SQLite knows no collation that compares as
 * utf8mb4_unicode_ci does, so beside each stands a column with its comparison key, and the unique key is over that.
 */
export const FOLDED = {
  hlstats_Actions: ['code', 'team'],
  hlstats_Clans: ['tag'],
  hlstats_Maps_Counts: ['map'],
  hlstats_Match_Actions: ['action'],
  hlstats_Match_Teams: ['team'],
  hlstats_PlayerNames: ['name'],
  hlstats_PlayerUniqueIds: ['uniqueId'],
  hlstats_Player_Weapons: ['weapon'],
  hlstats_Roles: ['code'],
  hlstats_Round_Scores: ['team'],
  hlstats_Weapon_Discoveries: ['code'],
  hlstats_Weapons: ['code'],
}

const SCHEMA = 'prisma/schema.prisma'
const MIGRATIONS = 'prisma/migrations'

/** Path below the project → content, of everything under prisma/sqlite. */
export function sqliteFiles(root) {
  const files = new Map([
    ['prisma/sqlite/schema.prisma', sqliteSchema(readFileSync(join(root, SCHEMA), 'utf8'))],
  ])
  for (const entry of readdirSync(join(root, MIGRATIONS), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const sql = readFileSync(join(root, MIGRATIONS, entry.name, 'migration.sql'), 'utf8')
    files.set(`prisma/sqlite/migrations/${entry.name}/migration.sql`, sqliteMigration(sql))
  }
  return files
}

/** The Prisma schema without what only MySQL has; index names are one name space in SQLite, so they get their table's. */
export function sqliteSchema(schema) {
  const models = schema.replaceAll(/^model (\w+) \{\n[\s\S]*?^\}/gm, (text, model) => {
    const table = /@@map\("([^"]+)"\)/.exec(text)?.[1] ?? model
    return numberedById(text)
      .replaceAll(/ @db\.\w+(\([^)]*\))?/g, '')
      .replaceAll(/\(length: \d+\)/g, '')
      .replaceAll(/^\s*@@fulltext.*\n/gm, '')
      .replaceAll(/(@@?(?:unique|index)\(.*?map: ")([^"]+)"/g, `$1${table}_$2"`)
  })
  const note = '// Generated from prisma/schema.prisma by `npm run generate`: change it there.\n'
  return (
    note +
    models
      .replace('provider = "mysql"', 'provider = "sqlite"')
      .replace('"../libs/database/src/generated/prisma"', '"../../libs/database/src/generated/sqlite"')
  )
}

// Only a primary key counts by itself in SQLite; the primary key that MySQL has is then one more unique key.
function numberedById(model) {
  const numbered = /^(\s+(\w+)\s+Int\s+)@default\(autoincrement\(\)\)/m.exec(model)
  if (numbered === null) return model
  return model
    .replace(numbered[0], `${numbered[1]}@id @default(autoincrement())`)
    .replace('@@id(', '@@unique(')
    .replace(new RegExp(`^\\s*@@index\\(\\[${numbered[2]}\\].*\\n`, 'm'), '')
}

/** A MySQL migration as SQLite takes it. A statement of a kind that was never needed here is refused, not guessed at. */
export function sqliteMigration(sql) {
  const statements = sql
    .replaceAll(/^\s*--.*$/gm, '')
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
  const note =
    '-- Generated from the migration of the same name in prisma/migrations by `npm run generate`.\n'
  return `${note}\n${statements.flatMap(translate).join(';\n\n')};\n`
}

function translate(statement) {
  const create = /^CREATE TABLE `(\w+)` \(\n([\s\S]*)\n\) ENGINE=InnoDB[^\n]*$/.exec(statement)
  if (create !== null)
    return createTable(
      create[1],
      create[2].split(/,\n/).map((line) => line.trim()),
    )
  const alter = /^ALTER TABLE `(\w+)`\s+([\s\S]*)$/.exec(statement)
  if (alter !== null) return alter[2].split(/,\n/).map((line) => addColumn(alter[1], line.trim()))
  const index = /^CREATE INDEX `(\w+)` ON `(\w+)`(\(.*\))$/.exec(statement)
  if (index !== null) return `CREATE INDEX \`${index[2]}_${index[1]}\` ON \`${index[2]}\`${index[3]}`
  throw new Error(`no SQLite form is known for: ${statement.slice(0, 200)}`)
}

function addColumn(table, line) {
  const added = /^ADD COLUMN (`.*)$/.exec(line)
  if (added === null) throw new Error(`no SQLite form is known for: ALTER TABLE ${table} ${line}`)
  return `ALTER TABLE \`${table}\` ADD COLUMN ${columnOf(added[1])}`
}

function createTable(table, lines) {
  const numbered = lines.find((line) => line.includes('AUTO_INCREMENT'))?.match(/^`(\w+)`/)?.[1]
  const parts = []
  const indexes = []
  for (const line of lines) {
    const key = /^(PRIMARY KEY|UNIQUE INDEX|INDEX|FULLTEXT INDEX)(?: `(\w+)`)? \((.*)\)$/.exec(line)
    if (key === null) {
      parts.push(...columnsOf(table, line))
      continue
    }
    const [, kind, name = 'PRIMARY', list] = key
    const columns = list
      .replaceAll(/\(\d+\)/g, '')
      .replaceAll('`', '')
      .split(', ')
    if (columns.join() === numbered) continue
    if (kind === 'PRIMARY KEY' && numbered === undefined) {
      parts.push(`PRIMARY KEY (${keyList(table, columns)})`)
    } else if (kind === 'PRIMARY KEY' || kind === 'UNIQUE INDEX') {
      indexes.push(uniqueIndex(table, name, columns))
    } else if (kind === 'INDEX') {
      indexes.push(`CREATE INDEX \`${table}_${name}\` ON \`${table}\` (${keyList('', columns)})`)
    }
  }
  return [`CREATE TABLE \`${table}\` (\n    ${parts.join(',\n    ')}\n)`, ...indexes]
}

function columnsOf(table, line) {
  const name = /^`(\w+)`/.exec(line)?.[1]
  const folded = FOLDED[table]?.includes(name) ? [`\`${name}_key\` TEXT NOT NULL`] : []
  return [columnOf(line), ...folded]
}

function uniqueIndex(table, name, columns) {
  return `CREATE UNIQUE INDEX \`${table}_${name}\` ON \`${table}\` (${keyList(table, columns)})`
}

function keyList(table, columns) {
  return columns.map((column) => `\`${column}${FOLDED[table]?.includes(column) ? '_key' : ''}\``).join(', ')
}

const RANGES = {
  TINYINT: [-128, 127],
  SMALLINT: [-32_768, 32_767],
  MEDIUMINT: [-8_388_608, 8_388_607],
  INT: [-2_147_483_648, 2_147_483_647],
  'TINYINT UNSIGNED': [0, 255],
  'SMALLINT UNSIGNED': [0, 65_535],
  'MEDIUMINT UNSIGNED': [0, 16_777_215],
  'INT UNSIGNED': [0, 4_294_967_295],
}

// What does not fit is refused, as MySQL refuses it in its strict mode.
function columnOf(line) {
  const match = /^`(\w+)` (ENUM\([^)]*\)|[A-Z]+(?:\([\d,]+\))?(?: UNSIGNED)?) (.*)$/.exec(line)
  if (match === null) throw new Error(`no SQLite form is known for the column: ${line}`)
  const [, name, type, rest] = match
  if (rest.includes('AUTO_INCREMENT')) return `\`${name}\` INTEGER PRIMARY KEY AUTOINCREMENT`
  const attributes = rest.replace('CURRENT_TIMESTAMP(3)', "(strftime('%Y-%m-%d %H:%M:%f', 'now'))")
  const [declared, check] = typeOf(name, type)
  return `\`${name}\` ${declared} ${attributes}${check === '' ? '' : ` CHECK (${check})`}`
}

function typeOf(name, type) {
  const column = `\`${name}\``
  const members = /^ENUM(\(.*\))$/.exec(type)?.[1]
  if (members !== undefined) return ['TEXT', `${column} IN ${members}`]
  if (type === 'TINYINT(1)') return ['BOOLEAN', `${column} IN (0, 1)`]
  const length = /^(?:VAR)?CHAR\((\d+)\)$/.exec(type)?.[1]
  if (length !== undefined) return ['TEXT COLLATE NOCASE', `length(${column}) <= ${length}`]
  if (/^(MEDIUM|LONG)?TEXT$/.test(type)) return ['TEXT COLLATE NOCASE', '']
  const range = RANGES[type]
  if (range !== undefined) return ['INTEGER', `${column} BETWEEN ${range[0]} AND ${range[1]}`]
  if (type === 'BIGINT UNSIGNED') return ['BIGINT', `${column} >= 0`]
  const plain = type.replace(/\(.*\)$/, '')
  if (['BIGINT', 'DATETIME', 'DATE', 'TIME', 'FLOAT', 'DECIMAL'].includes(plain)) return [plain, '']
  throw new Error(`no SQLite form is known for the type ${type}`)
}
