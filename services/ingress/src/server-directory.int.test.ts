import { rmSync } from 'node:fs'
import { openDatabase } from '@hlstats/database'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { type TestDatabase, temporaryFolder, testDatabase, until, withConnection } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ingressOccurrences } from './occurrences.ts'
import { register } from './scene-of-test.ts'
import { ServerDirectory } from './server-directory.ts'

const NOWHERE = 'mysql://nobody@127.0.0.1:9/nothing'

let db: TestDatabase
let journalDir: string
const open: { stop(): Promise<void> }[] = []

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
beforeEach(async () => {
  journalDir = temporaryFolder('directory')
  await register(db.database, 1, 27_015)
})
afterEach(async () => {
  for (const { stop } of open.splice(0)) await stop()
  rmSync(journalDir, { recursive: true })
})

async function aDirectory(url = db.url, partitions = 8) {
  const [logger, metrics] = [silentLogger(), new Metrics()]
  const database = await openDatabase({ url, poolSize: 1, logger, metrics })
  const occurrences = ingressOccurrences(logger, metrics)
  const directory = new ServerDirectory({
    database,
    partitions,
    journalDir,
    reloadMs: 100,
    occurrences,
    logger,
    metrics,
  })
  open.push({
    stop: async () => {
      await directory.stop()
      await database.close()
    },
  })
  return { directory, database, metrics }
}

describe('the server directory', () => {
  it('knows the servers of the database, and those added later', async () => {
    const { directory } = await aDirectory()
    await directory.start()
    expect(directory.find('127.0.0.1:27015')?.settings).toMatchObject({
      serverId: 1,
      game: 'cstrike',
      minPlayers: 0,
    })
    expect(directory.find('127.0.0.1:27099')).toBeUndefined()
    await register(db.database, 2, 27_099)
    await until(() => directory.find('127.0.0.1:27099'))
  })

  it('knows after a reload what was there when it was asked for, also while an earlier one is under way', async () => {
    const { directory } = await aDirectory()
    const waiting = `SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND state LIKE 'Waiting for table%'`
    await withConnection(db.url, async (connection) => {
      // Read after the servers.
      await connection.query('LOCK TABLES hlstats_Actions WRITE')
      const earlier = directory.reload()
      await until(async () => (await db.database.query(waiting)).length === 1)
      await register(db.database, 5, 27_096)
      const later = directory.reload()
      await connection.query('UNLOCK TABLES')
      await Promise.all([earlier, later])
    })
    expect(directory.find('127.0.0.1:27096')).toBeDefined()
  })

  it('keeps an unchanged server as it is over a reload', async () => {
    const { directory } = await aDirectory()
    await directory.start()
    const before = directory.find('127.0.0.1:27015')
    await register(db.database, 3, 27_098)
    await until(() => directory.find('127.0.0.1:27098'))
    expect(directory.find('127.0.0.1:27015')?.settings).toEqual({
      ...before?.settings,
      actions: expect.anything(),
      botId: expect.anything(),
    })
  })

  it('takes UTC where the time zone is none', async () => {
    await db.database.execute("UPDATE hlstats_Servers_Config SET value = 'Mars' WHERE parameter = 'TimeZone'")
    const { directory, metrics } = await aDirectory()
    await directory.start()
    expect(directory.find('127.0.0.1:27015')?.timeZone).toBe('UTC')
    expect(await metrics.value('hlstats_options_unusable', { module: 'ingress' })).toBeGreaterThan(0)
    await db.database.execute("UPDATE hlstats_Servers_Config SET value = 'UTC' WHERE parameter = 'TimeZone'")
    await until(async () => (await metrics.value('hlstats_options_unusable', { module: 'ingress' })) === 0)
  })

  it('goes on with those it knows while they cannot be read, and counts the failures', async () => {
    const { directory, metrics } = await aDirectory()
    await directory.start()
    await db.database.execute('RENAME TABLE hlstats_Servers TO hlstats_Servers_away')
    await until(() => metrics.value('hlstats_ingress_reload_failures_total'))
    expect(directory.find('127.0.0.1:27015')).toBeDefined()
    await db.database.execute('RENAME TABLE hlstats_Servers_away TO hlstats_Servers')
    await register(db.database, 4, 27_097)
    await until(() => directory.find('127.0.0.1:27097'))
  })

  it('starts without the database, with the servers of an earlier life', async () => {
    const earlier = await aDirectory()
    await earlier.directory.start()
    const { directory } = await aDirectory(NOWHERE)
    await directory.start()
    expect(directory.find('127.0.0.1:27015')?.settings.game).toBe('cstrike')
    expect(directory.proxyKey).toBe(earlier.directory.proxyKey)
  })

  it('does not start when nobody ever told it about servers', async () => {
    const { directory } = await aDirectory(NOWHERE)
    await expect(directory.start()).rejects.toMatchObject({
      code: 'DB_CONNECTION',
      message: expect.stringContaining('DATABASE_URL'),
    })
  })

  it('refuses another number of partitions than the system has, also with servers of an earlier life', async () => {
    const earlier = await aDirectory()
    await earlier.directory.start()
    const { directory } = await aDirectory(db.url, 4)
    await expect(directory.start()).rejects.toMatchObject({ code: 'QUEUE_PARTITIONS' })
  })
})
