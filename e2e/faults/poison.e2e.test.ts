import { decodeMessage, type GameEventOf } from '@hlstats/events'
import { ParkedEvents, requestReplay, workQueue } from '@hlstats/infrastructure'
import { until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const PARTITIONS = 8

type Kill = GameEventOf<'PLAYER_KILL'>

// Each costs its partition a dozen trials, which take ten seconds on a loaded machine.
const PER_PARTITION = atLength(2, 50)

/** From every fifth message another kill: the first of the first, the second of the next; between them all is well. */
function oneOfEach(bodies: readonly Buffer[]): Kill[] {
  return bodies
    .filter((_, index) => index % 5 === 0)
    .flatMap((body, index) => {
      const events = decodeMessage(body).records.flatMap(({ entries }) =>
        entries.flatMap((entry) => (entry.ok ? [entry.event] : [])),
      )
      const kills = events.filter(
        (event): event is Kill => event.eventType === 'PLAYER_KILL' && event.counted === true,
      )
      const kill = kills[index % Math.max(1, kills.length)]
      return kill === undefined ? [] : [kill]
    })
    .slice(0, PER_PARTITION)
}

/** The database refuses these kills, as it would refuse what a handler gets wrong. */
async function refuse(kills: readonly Kill[]): Promise<void> {
  const { database } = scene.system
  await database.execute(
    'CREATE TABLE fault_poison (serverId INT, eventTime DATETIME, killer VARCHAR(64), victim VARCHAR(64))',
  )
  for (const { serverId, timestamp, data } of kills) {
    await database.execute('INSERT INTO fault_poison VALUES (?, ?, ?, ?)', [
      serverId,
      timestamp.slice(0, 19).replace('T', ' '),
      data.killer.uniqueId,
      data.victim.uniqueId,
    ])
  }
  await database.execute(`CREATE TRIGGER fault_poison BEFORE INSERT ON hlstats_Events_Frags FOR EACH ROW
    IF EXISTS (SELECT 1 FROM fault_poison p
                 JOIN hlstats_PlayerUniqueIds k ON k.uniqueId = p.killer AND k.playerId = NEW.killerId
                 JOIN hlstats_PlayerUniqueIds v ON v.uniqueId = p.victim AND v.playerId = NEW.victimId
                WHERE p.serverId = NEW.serverId AND p.eventTime = NEW.eventTime) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this kill is poison';
    END IF`)
}

it('totals are those without the poison while it is parked, and exact when it is replayed, asked for twice', async () => {
  scene = await sceneOfTest({ seed: 15 })
  const players = scene.system.replicas('player')
  await scene.load.more(300)
  await Promise.all(players.map((process) => process.kill()))
  await scene.load.more(atLength(600, 3_000))
  const poison: Kill[] = []
  await scene.standStill(() =>
    scene.withQueues(async (queues) => {
      for (let k = 0; k < PARTITIONS; k++) {
        await queues.tamper(
          (bodies) => {
            poison.push(...oneOfEach(bodies))
            return bodies
          },
          workQueue('player', k),
        )
      }
    }),
  )
  await refuse(poison)
  await Promise.all(players.map((process) => scene.restart(process)))
  const parked = new ParkedEvents(scene.system.database)
  const found = async () => parked.list({ limit: 1_000 })
  await until(async () => (await found()).length === poison.length, {
    timeoutMs: atLength(200_000, 3_000_000),
    what: 'the poison to be parked',
  })
  expect((await found()).map(({ eventId }) => eventId).sort()).toEqual(
    poison.map(({ eventId }) => eventId).sort(),
  )
  await scene.load.more(300)

  await scene.system.database.execute('DROP TRIGGER fault_poison')
  const events = await found()
  for (let time = 0; time < 2; time++) await requestReplay({ url: scene.system.amqpUrl }, events)
  await scene.end()
  await until(async () => (await found()).length === 0, { timeoutMs: 30_000, what: 'the replays' })
  expect(await scene.differences({ parked: poison.length, outOfOrder: true })).toEqual([])
})
