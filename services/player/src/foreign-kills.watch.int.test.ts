import { recentForeignKills } from '@hlstats/database'
import { createMetrics, LogLevel } from '@hlstats/telemetry'
import { aKill, createMockLogger, runModules, type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ForeignKillsWatch } from './foreign-kills.watch.ts'
import { playerModules } from './service.ts'

let place: TestDatabase

beforeEach(async () => {
  place = await testDatabase()
})

afterEach(() => place.drop())

/** As the old daemon writes them: it does not know how points moved. */
async function killsOfTheOldDaemon(count: number, serverId: number): Promise<void> {
  const rows = new Array(count).fill("(NOW(), ?, 'de_dust2', 1, 2, 'ak47', 0, '', '', NULL, NULL, NULL)")
  await place.database.execute(
    `INSERT INTO hlstats_Events_Frags
       (eventTime, serverId, map, killerId, victimId, weapon, headshot, killerRole, victimRole, pos_x, pos_y, pos_z)
     VALUES ${rows.join(', ')}`,
    new Array(count).fill(serverId),
  )
}

describe('a watch for another program that counts', () => {
  it('reports kills that are not ours, each once, and none of ours', async () => {
    const { database } = place
    await killsOfTheOldDaemon(5, 1)
    const metrics = createMetrics()
    const logger = createMockLogger()
    const watch = new ForeignKillsWatch({ database, logger, metrics })
    const counted = async () => /^hlstats_foreign_kills_total (\d+)/m.exec(await metrics.text())?.[1]
    await watch.look()

    const modules = await runModules(database, playerModules)
    await modules.apply([aKill(), aKill()])
    await watch.look()
    expect(await counted()).toBe('0')
    expect(logger.lines).toEqual([])

    await killsOfTheOldDaemon(3, 7)
    await modules.apply([aKill()])
    await watch.look()
    await watch.look()
    expect(await counted()).toBe('3')
    expect(logger.lines).toEqual([
      {
        level: LogLevel.WARN,
        message: expect.stringContaining('stop hlstats.pl'),
        fields: { kills: 3, servers: [7] },
      },
    ])
    expect(await recentForeignKills(database)).toMatchObject({ kills: 8, serverIds: [1, 7] })
    await database.execute("INSERT INTO hlstats_System (name, value) VALUES ('take-over.last-kill', '5')")
    expect(await recentForeignKills(database)).toMatchObject({ kills: 3, serverIds: [7] })
  })
})
