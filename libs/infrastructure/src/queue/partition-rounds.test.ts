import { describe, expect, it } from 'vitest'
import { PartitionRounds } from './partition-rounds.ts'

const nothing = () => undefined

describe('rounds', () => {
  it('of a partition come one after the other, and all that was asked for meanwhile is one more', async () => {
    const begun: number[] = []
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const { promise: done, resolve: finish } = Promise.withResolvers<void>()
    const rounds = new PartitionRounds(async (partition) => {
      begun.push(partition)
      if (begun.filter((one) => one === partition).length === 1) await gate
      else finish()
    }, nothing)
    for (const partition of [1, 1, 1, 2]) rounds.ask(partition)
    expect(begun).toEqual([1, 2])
    open()
    await done
    expect(begun).toEqual([1, 2, 1])
  })

  it('go on after one that failed', async () => {
    const failures: unknown[] = []
    let rounds = 0
    const { promise: done, resolve: finish } = Promise.withResolvers<void>()
    const failing = new PartitionRounds(
      async () => {
        rounds += 1
        if (rounds === 1) throw new Error('no such segment')
        finish()
      },
      (partition, error) => {
        failures.push(partition, error)
        setImmediate(() => failing.ask(partition))
      },
    )
    failing.ask(3)
    await done
    expect(failures).toEqual([3, new Error('no such segment')])
  })
})
