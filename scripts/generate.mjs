// Makes what is generated from prisma/schema.prisma: the Prisma client, and the catalogue of tables that statements
// are checked against. Runs only when the schema changed. Plain JavaScript: it runs on whatever Node a machine has.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { FOLDED, sqliteFiles } from './sqlite-schema.mjs'

const run = promisify(execFile)
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const generated = join(root, 'libs/database/src/generated')
const stamp = join(generated, 'stamp')

const NATIVE_TYPES = {
  UnsignedTinyInt: 'TINYINT UNSIGNED',
  UnsignedSmallInt: 'SMALLINT UNSIGNED',
  UnsignedMediumInt: 'MEDIUMINT UNSIGNED',
  UnsignedInt: 'INT UNSIGNED',
  UnsignedBigInt: 'BIGINT UNSIGNED',
  Text: 'TEXT',
  MediumText: 'MEDIUMTEXT',
  LongText: 'LONGTEXT',
}
const KINDS = {
  Int: 'integer',
  BigInt: 'integer',
  Boolean: 'integer',
  Float: 'number',
  Decimal: 'number',
  DateTime: 'moment',
}
const DEFAULT_TYPES = {
  Int: 'INT',
  BigInt: 'BIGINT',
  Boolean: 'TINYINT',
  Float: 'FLOAT',
  DateTime: 'DATETIME(3)',
}

/** Tables of a Prisma schema: columns with their kind, unique keys by name, the auto-increment column. */
export function catalogueOf(schema) {
  const enums = new Set([...schema.matchAll(/^enum (\w+) \{/gm)].map((match) => match[1]))
  const tables = {}
  for (const [, model, body] of schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const names = {}
    const table = { columns: {}, keys: {} }
    for (const line of body.split('\n')) readLine(line, { names, table, enums })
    const name = /@@map\("([^"]+)"\)/.exec(body)?.[1] ?? model
    tables[name] = { model, ...table, ...(FOLDED[name] === undefined ? {} : { folded: FOLDED[name] }) }
  }
  return tables
}

function readLine(line, { names, table, enums }) {
  const block = /^\s*@@(id|unique)\(\[([^\]]+)\](?:, map: "([^"]+)")?\)/.exec(line)
  if (block !== null) {
    const columns = block[2].split(', ').map((field) => names[field])
    table.keys[block[1] === 'id' ? 'PRIMARY' : block[3]] = columns
    return
  }
  const field = /^\s+(\w+)\s+(\w+)(\??)(.*)$/.exec(line)
  if (field === null || line.trim().startsWith('//')) return
  const [, name, type, optional, attributes] = field
  const column = /@map\("([^"]+)"\)/.exec(attributes)?.[1] ?? name
  names[name] = column
  table.columns[column] = { ...columnType(type, attributes, enums), nullable: optional === '?' }
  if (attributes.includes('autoincrement()')) table.autoIncrement = column
  if (/@id\b/.test(attributes)) table.keys.PRIMARY = [column]
  const unique = /@unique(?:\(map: "([^"]+)"\))?/.exec(attributes)
  if (unique !== null) table.keys[unique[1] ?? column] = [column]
}

function columnType(type, attributes, enums) {
  if (enums.has(type)) return { kind: 'text', type: 'VARCHAR(64)' }
  const native = /@db\.(\w+)(?:\(([^)]*)\))?/.exec(attributes)
  const kind = KINDS[type] ?? 'text'
  if (native === null) return { kind, type: DEFAULT_TYPES[type] ?? 'VARCHAR(191)' }
  const known =
    NATIVE_TYPES[native[1]] ?? native[1].toUpperCase() + (native[2] === undefined ? '' : `(${native[2]})`)
  return { kind: known.endsWith('UNSIGNED') ? 'unsigned' : kind, type: known }
}

function catalogueSource(tables) {
  return [
    '// Generated from prisma/schema.prisma by scripts/generate.mjs.',
    "import type { TableDefinition } from '../catalogue.ts'",
    '',
    `export const TABLES: Readonly<Record<string, TableDefinition>> = ${JSON.stringify(tables, null, 1)}`,
    '',
  ].join('\n')
}

async function generate() {
  const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')
  const require = createRequire(import.meta.url)
  const prisma = require.resolve('prisma/package.json')
  const { version, bin } = JSON.parse(readFileSync(prisma, 'utf8'))
  const self = readFileSync(fileURLToPath(import.meta.url), 'utf8')
  const sqlite = sqliteFiles(root)
  // A start or a test run changes no committed file: then `npm run validate` could not see that one is out of date.
  if (!process.argv.includes('--as-committed')) writeChanged(sqlite)
  const schemas = `${schema}\n${readFileSync(join(root, 'prisma/sqlite/schema.prisma'), 'utf8')}\n${JSON.stringify(FOLDED)}`
  const wanted = createHash('sha256').update(`${version}\n${self}\n${schemas}`).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  // Without it a run that breaks off is not taken for a complete one.
  rmSync(stamp, { force: true })

  // Prisma asks for an engine download that generating does not use; any program that exists gets past it.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  }
  const command = join(dirname(prisma), bin.prisma)
  const generateClient = async (source) => {
    const args = [command, 'generate', '--no-hints', '--schema', source]
    try {
      await run(process.execPath, args, { cwd: root, env })
    } catch ({ stdout, stderr }) {
      process.stderr.write(`${stdout}${stderr}prisma generate failed for ${source}\n`)
      process.exit(1)
    }
  }
  await Promise.all(['prisma/schema.prisma', 'prisma/sqlite/schema.prisma'].map(generateClient))
  const catalogue = join(generated, 'tables.ts')
  writeFileSync(`${catalogue}.new`, catalogueSource(catalogueOf(schema)))
  renameSync(`${catalogue}.new`, catalogue)
  writeFileSync(stamp, wanted)
}

function writeChanged(files) {
  for (const [path, content] of files) {
    const target = join(root, path)
    if (existsSync(target) && readFileSync(target, 'utf8') === content) continue
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(generated, { recursive: true })
  await generate()
}
