import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Dialect } from './dialect.ts'

const FOLDERS = {
  mysql: new URL('../../../prisma/migrations/', import.meta.url),
  sqlite: new URL('../../../prisma/sqlite/migrations/', import.meta.url),
}

/** One `prisma/migrations/<name>/migration.sql`. */
export interface MigrationFile {
  readonly name: string
  readonly sql: string
  /** As Prisma computes it, so that both tools agree on a database. */
  readonly checksum: string
}

/** All migrations, oldest first. */
export async function migrationFiles(provider: Dialect['provider'] = 'mysql'): Promise<MigrationFile[]> {
  const folder = FOLDERS[provider]
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(new URL(`${name}/migration.sql`, folder), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** The statements of a migration: each ends with a semicolon at the end of a line, comments stand on lines of their own. */
export function statementsOf(sql: string): string[] {
  const code = sql.replaceAll(/^\s*--.*$/gm, '')
  return code
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
