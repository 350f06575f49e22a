import { describe, expect, it } from 'vitest'
import { DatagramQueue } from './datagram-queue.ts'

const sender = { address: '192.0.2.1', port: 27_015 }
const turnOfLoop = () => new Promise<void>((resolve) => setImmediate(() => resolve()))

function aQueue(mostBytes = 1_000_000) {
  const taken: number[] = []
  const queue = new DatagramQueue({ mostBytes, take: ({ readAt }) => taken.push(readAt) })
  const read = (from: number, to: number, bytes = 100) => {
    for (let readAt = from; readAt < to; readAt += 1)
      queue.add({ datagram: Buffer.alloc(bytes), sender, readAt })
  }
  return { queue, taken, read }
}

const numbers = (to: number) => Array.from({ length: to }, (_, index) => index)

describe('the queue behind the socket', () => {
  it('takes a few datagrams in the turn in which they were read', async () => {
    const { taken, read } = aQueue()
    read(0, 3)
    expect(taken).toEqual([])
    await turnOfLoop()
    expect(taken).toEqual([0, 1, 2])
  })

  it('lets the socket be emptied before it looks at a burst, then takes it in order', async () => {
    const { queue, taken, read } = aQueue()
    read(0, 32)
    await turnOfLoop()
    read(32, 64)
    await turnOfLoop()
    expect(taken).toEqual([])
    expect(queue.length).toBe(64)
    read(64, 70)
    while (queue.length > 0) await turnOfLoop()
    expect(taken).toEqual(numbers(70))
  })

  it('takes the oldest first when more is read than may wait, and loses none', async () => {
    const { queue, taken, read } = aQueue(10_000)
    read(0, 100, 744)
    expect(queue.length).toBe(10)
    expect(taken).toEqual(numbers(90))
    while (queue.length > 0) await turnOfLoop()
    expect(taken).toEqual(numbers(100))
  })

  it('takes everything at once when reading ends', () => {
    const { queue, taken, read } = aQueue()
    read(0, 50)
    queue.drain()
    expect(taken).toEqual(numbers(50))
    expect(queue.length).toBe(0)
  })

  it('keeps nothing of what it has taken, however long a flood goes on', () => {
    const taken: number[] = []
    const queue = new DatagramQueue({ mostBytes: 1_000_000, take: ({ readAt }) => taken.push(readAt) })
    const before = process.memoryUsage().arrayBuffers
    for (let readAt = 0; readAt < 6_000; readAt += 1)
      queue.add({ datagram: Buffer.alloc(50_000), sender, readAt })
    expect(queue.length).toBeGreaterThan(0)
    expect(taken).toEqual(numbers(taken.length))
    // 300 MB came, 1 MB may wait; the collector has its own time for the rest.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150_000_000)
    queue.drain()
    expect(taken).toEqual(numbers(6_000))
  })
})
