import { describe, expect, it } from 'vitest'
import type { Delivery } from './delivery-source.ts'
import { decodeDelivery } from './inbound-message.ts'
import { JournalSource } from './journal-source.ts'

const BODY = Buffer.from('records')

async function startedSource() {
  const deliveries: Delivery[] = []
  const source = new JournalSource(2)
  await source.start((delivery) => deliveries.push(delivery))
  return { source, deliveries }
}

describe('the journal as a source', () => {
  it('settles a message when it is acked, and not before', async () => {
    const { source, deliveries } = await startedSource()
    let isTaken = false
    const taken = source.deliver(1, BODY).then(() => {
      isTaken = true
    })
    await Promise.resolve()
    expect(isTaken).toBe(false)
    expect(deliveries).toMatchObject([{ partition: 1, body: BODY, deliveryCount: 0 }])
    deliveries[0]?.ack()
    await taken
    expect(deliveries[0]?.isOpen()).toBe(false)
  })

  it('keeps what came before the start', async () => {
    const source = new JournalSource(2)
    const taken = source.deliver(0, BODY)
    const deliveries: Delivery[] = []
    await source.start((delivery) => deliveries.push(delivery))
    deliveries[0]?.ack()
    await taken
    expect(deliveries).toHaveLength(1)
  })

  it('delivers a released message again when it is asked for, and the ack of the first delivery is void', async () => {
    const { source, deliveries } = await startedSource()
    let isTaken = false
    const taken = source.deliver(0, BODY).then(() => {
      isTaken = true
    })
    await source.release(0)
    deliveries[0]?.ack()
    await new Promise((done) => setImmediate(done))
    expect(isTaken).toBe(false)
    source.resume(0)
    expect(deliveries.map(({ deliveryCount }) => deliveryCount)).toEqual([0, 1])
    deliveries[1]?.ack()
    await taken
  })

  it('holds one partition back without the others', async () => {
    const { source, deliveries } = await startedSource()
    await source.release(0)
    const held = source.deliver(0, BODY)
    const other = source.deliver(1, BODY)
    expect(deliveries.map(({ partition }) => partition)).toEqual([1])
    deliveries[0]?.ack()
    await other
    source.resume(0)
    deliveries[1]?.ack()
    await held
  })

  it('lets a message of a partition wait for those before it, a request for a replay too', async () => {
    const { source, deliveries } = await startedSource()
    const first = source.deliver(0, BODY)
    const replay = source.replay({ id: 7, partition: 0 })
    const second = source.deliver(0, BODY)
    expect(deliveries).toHaveLength(1)
    deliveries[0]?.ack()
    await first
    expect(decodeDelivery(deliveries[1] as Delivery)).toEqual({ kind: 'replay', parkedId: 7 })
    deliveries[1]?.ack()
    await replay
    deliveries[2]?.ack()
    await second
    expect(deliveries).toHaveLength(3)
  })

  it('lets nothing be acked any more once it is stopped', async () => {
    const { source, deliveries } = await startedSource()
    void source.deliver(0, BODY)
    await source.stop()
    expect(deliveries[0]?.isOpen()).toBe(false)
    expect(source.state()).toMatchObject({ ok: false })
  })
})
