import { TestConsumers, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { requestReplay } from './broker-session.ts'
import { PositionUpkeep } from './position-upkeep.ts'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

const DAY_MS = 24 * 3600 * 1000

describe('positions of old streams', () => {
  it('are deleted when the stream was silent in every partition for long enough', async () => {
    const { consumer, send, sendBytes, kills, applied, database, service, stream } = await consumers.create()
    await send(0, [[1, kills(2, 1)]])
    await send(1, [[1, kills(3, 1)]])
    await sendBytes(0, consumers.message(`${stream}-younger`, 0, [[1, kills(2, 2)]]))
    await consumer.start()
    await applied(3)
    await consumer.stop()
    const upkeep = new PositionUpkeep(database, service)
    const age = (partition: number) =>
      database.execute(
        `UPDATE hlstats_Stream_Positions SET updated_at = updated_at - INTERVAL 3 DAY
         WHERE service = ? AND partition_no = ?`,
        [service, partition],
      )
    await age(0)
    expect(await upkeep.forget(2 * DAY_MS)).toEqual([])
    await age(1)
    expect(await upkeep.forget(2 * DAY_MS)).toEqual([stream])
    expect(
      await database.query('SELECT stream FROM hlstats_Stream_Positions WHERE service = ?', [service]),
    ).toEqual([{ stream: `${stream}-younger` }])
  })

  it('are not made up: what still comes from a forgotten stream is parked, and a replay is a decision', async () => {
    const { consumer, send, sendBytes, kills, applied, parked, database, service, stream } =
      await consumers.create()
    const younger = `${stream}-younger`
    await send(0, [[1, kills(2, 1)]])
    await consumer.start()
    await applied(1)
    await sendBytes(1, consumers.message(younger, 1, [[1, kills(3, 1)]]))
    await applied(2)
    await database.execute(
      'UPDATE hlstats_Stream_Positions SET updated_at = updated_at - INTERVAL 3 DAY WHERE service = ?',
      [service],
    )
    expect(await new PositionUpkeep(database, service).forget(2 * DAY_MS)).toEqual([stream])
    for (const record of [1, 2, 3, 4, 5]) await send(0, [[record, kills(2, record)]])
    const rows = await until(async () => {
      const found = await parked()
      return found.length === 5 && found
    })
    expect(rows.map(({ code, record }) => `${code} ${record}`)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `EVENT_FORGOTTEN ${n}`),
    )
    expect(await applied(2)).toEqual(['2:1', '3:1'])
    await requestReplay({ url: consumers.broker.url }, rows.slice(1, 2))
    expect(await applied(3)).toEqual(['2:1', '3:1', '2:2'])
  })

  it('do not make a living stream a forgotten one where it has its first word in another partition', async () => {
    const { consumer, send, sendBytes, kills, applied, parked, database, service, stream } =
      await consumers.create()
    const younger = `${stream}-younger`
    await send(0, [[1, kills(2, 1)]])
    await sendBytes(0, consumers.message(younger, 0, [[1, kills(4, 2)]]))
    await consumer.start()
    await applied(2)
    await database.execute(
      `UPDATE hlstats_Stream_Positions SET updated_at = updated_at - INTERVAL 3 DAY
       WHERE service = ? AND stream = ?`,
      [service, younger],
    )
    const youngest = `${stream}-youngest`
    await sendBytes(0, consumers.message(youngest, 0, [[1, kills(6, 3)]]))
    await applied(3)
    expect(await new PositionUpkeep(database, service).forget(2 * DAY_MS)).toEqual([younger])
    await send(1, [[1, kills(3, 4)]])
    expect(await applied(4)).toEqual(['2:1', '4:2', '6:3', '3:4'])
    expect(await parked()).toEqual([])
  })

  it('stay those of the youngest stream: its process may be silent for a month and speak again', async () => {
    const { consumer, send, kills, applied, database, service } = await consumers.create()
    await send(0, [[1, kills(2, 1)]])
    await consumer.start()
    await applied(1)
    await database.execute(
      'UPDATE hlstats_Stream_Positions SET updated_at = updated_at - INTERVAL 3 DAY WHERE service = ?',
      [service],
    )
    expect(await new PositionUpkeep(database, service).forget(2 * DAY_MS)).toEqual([])
  })
})
