import { readdirSync, readFileSync } from 'node:fs'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { emptyTestDatabase } from '@hlstats/testkit'
import { afterEach, beforeEach } from 'vitest'
import { type Database, openDatabase } from './index.ts'

const FOLDER = new URL('../../../prisma/migrations/', import.meta.url)

/** All migrations, oldest first. */
export const MIGRATIONS = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

export const migrationSql = (name: string) => readFileSync(new URL(`${name}/migration.sql`, FOLDER), 'utf8')

/** The scene of all tests of a file: a database that is empty before each of them. */
export function sceneOfTests(): DatabaseScene {
  const scene = new DatabaseScene()
  beforeEach(() => scene.begin())
  afterEach(() => scene.end())
  return scene
}

class DatabaseScene {
  database!: Database
  #place!: Awaited<ReturnType<typeof emptyTestDatabase>>

  async begin(): Promise<void> {
    this.#place = await emptyTestDatabase()
    this.database = await this.open()
  }

  async end(): Promise<void> {
    await this.database.close()
    await this.#place.drop()
  }

  get url(): string {
    return this.#place.url
  }

  /** Another connection to it. */
  open(): Promise<Database> {
    return openDatabase({ url: this.url, logger: silentLogger(), metrics: createMetrics() })
  }
}
