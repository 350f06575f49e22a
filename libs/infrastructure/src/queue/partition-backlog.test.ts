import { encodeMessage, encodeRecord } from '@hlstats/events'
import { aKill } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import type { Delivery } from './delivery-source.ts'
import { GapWait } from './gap-wait.ts'
import { PartitionBacklog } from './partition-backlog.ts'

/** Deliveries of one channel; `acked` and `alone` list what was acked, with all before it or not, by the number of its first record. */
function channel() {
  const acked: number[] = []
  const alone: number[] = []
  let open = true
  const delivery = (
    records: readonly number[],
    options: { events?: number; count?: number } = {},
  ): Delivery => ({
    partition: 3,
    body: encodeMessage(
      's1',
      3,
      records.map((record) =>
        encodeRecord(
          record,
          Array.from({ length: options.events ?? 1 }, () => aKill()),
        ),
      ),
    ),
    deliveryCount: options.count ?? 0,
    ack: () => void acked.push(records[0] ?? 0),
    ackAlone: () => void alone.push(records[0] ?? 0),
    isOpen: () => open,
  })
  const close = () => {
    open = false
  }
  return { acked, alone, delivery, close }
}

const numbersOf = (parts: ReturnType<PartitionBacklog['take']>) =>
  parts.map(({ records }) => records.map(({ record }) => record))

describe('PartitionBacklog', () => {
  it('takes whole messages in order until there are enough events', () => {
    const { delivery } = channel()
    const backlog = new PartitionBacklog(3)
    for (const record of [1, 2, 3]) backlog.push(delivery([record * 10, record * 10 + 1], { events: 2 }))
    expect(numbersOf(backlog.take(5))).toEqual([
      [10, 11],
      [20, 21],
    ])
  })

  it('takes a message larger than the limit, rather than nothing', () => {
    const { delivery } = channel()
    const backlog = new PartitionBacklog(3)
    backlog.push(delivery([1], { events: 50 }))
    expect(numbersOf(backlog.take(10))).toEqual([[1]])
  })

  it('gives the same again until it is settled, and acks once per batch with the last message', () => {
    const { delivery, acked } = channel()
    const backlog = new PartitionBacklog(3)
    for (const record of [1, 2, 3]) backlog.push(delivery([record]))
    expect(numbersOf(backlog.take(2))).toEqual([[1], [2]])
    backlog.settle(backlog.take(2))
    expect(acked).toEqual([2])
    expect(numbersOf(backlog.take(9))).toEqual([[3]])
  })

  it('takes a message that was delivered three times one record at a time, alone, and acks it when all took effect', () => {
    const { delivery, acked } = channel()
    const backlog = new PartitionBacklog(3)
    backlog.push(delivery([1]))
    backlog.push(delivery([2, 3], { count: 3 }))
    backlog.push(delivery([4]))
    const taken: number[][][] = []
    while (!backlog.isEmpty) {
      const parts = backlog.take(100)
      taken.push(numbersOf(parts))
      backlog.settle(parts)
    }
    expect(taken).toEqual([[[1]], [[2]], [[3]], [[4]]])
    expect(acked).toEqual([1, 2, 4])
  })

  it('forgets what came over a channel that closed, decoded or not', () => {
    const [old, next] = [channel(), channel()]
    const backlog = new PartitionBacklog(3)
    backlog.push(old.delivery([1]))
    backlog.push(old.delivery([2]))
    const inHand = backlog.take(1)
    old.close()
    backlog.push(next.delivery([1]))
    backlog.dropClosed()
    backlog.settle(inHand)
    expect(numbersOf(backlog.take(9))).toEqual([[1]])
  })

  it('settles bytes that are no message together with their neighbours', () => {
    const { delivery, acked } = channel()
    const backlog = new PartitionBacklog(3)
    backlog.push({ ...delivery([1]), body: Buffer.from('nonsense') })
    backlog.push(delivery([2]))
    backlog.settle(backlog.take(9))
    expect(acked).toEqual([2])
    expect(backlog.isEmpty).toBe(true)
  })

  it('suspects no message for coming again to the process that had it before, its channel closed', () => {
    const backlog = new PartitionBacklog(3)
    for (const count of [1, 2, 3]) {
      const { delivery, close } = channel()
      backlog.push(delivery([1, 2], { count }))
      expect(numbersOf(backlog.take(9))).toEqual([[1, 2]])
      close()
      backlog.dropClosed()
    }
  })

  it('takes what came in disorder by its numbers while it waits for a gap, and acks nothing that is not whole', () => {
    const { delivery, acked, alone } = channel()
    const backlog = new PartitionBacklog(3)
    backlog.gapWait = new GapWait(1_000, 0)
    for (const record of [1, 4, 5, 3]) backlog.push(delivery([record]))
    const parts = backlog.take(9)
    expect(numbersOf(parts)).toEqual([[1], [3], [4], [5]])
    backlog.settle(parts.slice(0, 2))
    expect([acked, alone]).toEqual([[1], [3]])
    expect(numbersOf(backlog.take(9))).toEqual([[4], [5]])
    backlog.settle(parts.slice(2))
    expect([acked, alone]).toEqual([[1, 5], [3]])
    expect(backlog.isEmpty).toBe(true)
  })

  it('takes what was delivered often as it takes everything, while it waits for a gap: it was given back because of that', () => {
    const { delivery } = channel()
    const backlog = new PartitionBacklog(3)
    backlog.gapWait = new GapWait(1_000, 0)
    for (const record of [1, 3]) backlog.push(delivery([record, record + 1], { count: 9 }))
    expect(numbersOf(backlog.take(9))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('takes half as many events after those that took too long, and twice as many after each success', () => {
    const { delivery } = channel()
    const backlog = new PartitionBacklog(3)
    for (const record of [1, 2, 3, 4, 5, 6, 7, 8]) backlog.push(delivery([record]))
    backlog.takeFewer(backlog.take(4))
    const taken: number[] = []
    while (!backlog.isEmpty) {
      const parts = backlog.take(9)
      taken.push(parts.length)
      backlog.settle(parts)
    }
    expect(taken).toEqual([2, 4, 2])
  })
})
