import { aKill, type PrivateRabbit, startPrivateRabbit, TestConsumers, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { EVENTS_EXCHANGE } from './topology.ts'

let rabbit: PrivateRabbit
let consumers: TestConsumers

beforeAll(async () => {
  rabbit = await startPrivateRabbit()
  // An ack must come within a second, not within half an hour as usually; looked at every second.
  for (const setting of ['consumer_timeout', 'channel_tick_interval', 'quorum_tick_interval'])
    await rabbit.control('eval', `application:set_env(rabbit, ${setting}, 1000).`)
  consumers = await TestConsumers.open({ broker: { url: rabbit.url, drop: async () => undefined } })
})

afterEach(() => consumers.endTest())

afterAll(async () => {
  await consumers.close()
  await rabbit.remove()
})

async function closeConnection(name: string): Promise<void> {
  const connections = await rabbit.control('list_connections', 'pid', 'client_properties', '--silent')
  const [pid] =
    connections
      .split('\n')
      .find((line) => line.includes(name))
      ?.split('\t') ?? []
  if (pid === undefined) throw new Error(`no connection ${name} in ${connections}`)
  await rabbit.control('close_connection', pid, 'closed by the test')
}

describe('a broker that takes something away', () => {
  it('gets its consumer back after its timeout, and what was under way counts once', async () => {
    const open = Promise.withResolvers<void>()
    const setup = await consumers.create({
      ackWithinMs: 1_000,
      probe: ({ sequence }) => (sequence === 1 ? open.promise : undefined),
    })
    const { consumer, send, kills, applied, waiting, readiness } = setup
    await send(0, [[1, kills(2, 1)]])
    await send(0, [[2, kills(2, 2)]])
    await consumer.start()
    const isReady = () => readiness.get('queue')?.ok
    await until(() => isReady() === false, { timeoutMs: 30_000, what: 'the timeout of the broker' })
    await until(isReady, { timeoutMs: 30_000 })
    open.resolve()
    expect(await applied(2)).toEqual(['2:1', '2:2'])
    await until(async () => (await waiting(0)) === 0)
    await send(0, [[3, kills(2, 3)]])
    expect(await applied(3)).toEqual(['2:1', '2:2', '2:3'])
  })

  it('gets its consumers back after it closed their connection, and readiness says so meanwhile', async () => {
    const { consumer, send, kills, applied, readiness } = await consumers.create()
    await consumer.start()
    await send(0, [[1, kills(2, 1)]])
    await applied(1)
    await closeConnection('hlstats.consume')
    await until(() => readiness.get('queue')?.ok === false)
    await until(() => readiness.get('queue')?.ok === true)
    await send(0, [[2, kills(2, 2)]])
    expect(await applied(2)).toEqual(['2:1', '2:2'])
  })

  it('still gets acks while its memory alarm blocks publishing: consumers have a connection of their own', async () => {
    const { consumer, send, kills, applied, waiting, readiness } = await consumers.create()
    for (let record = 1; record <= 200; record++) await send(0, [[record, kills(2, record)]])
    const blocked = new Promise((resolve) => consumers.model.once('blocked', resolve))
    await rabbit.control('set_vm_memory_high_watermark', '0.000001')
    try {
      consumers.channel.publish(EVENTS_EXCHANGE, 'p0.kill', Buffer.from(aKill().eventId))
      await blocked
      await consumer.start()
      expect(await applied(200)).toHaveLength(200)
      expect(readiness.get('queue')).toMatchObject({ ok: true })
    } finally {
      await rabbit.control('set_vm_memory_high_watermark', '0.4')
    }
    await until(async () => (await waiting(0)) === 0)
  })
})
