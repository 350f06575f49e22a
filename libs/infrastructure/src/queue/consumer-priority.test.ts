import { describe, expect, it } from 'vitest'
import { consumerPriorities, replicaOf } from './consumer-priority.ts'

const known = new Map<string, number[]>()

function prioritiesOf(ordinal: number, partitions: number): number[] {
  const key = `${ordinal} of ${partitions}`
  const priorities = known.get(key) ?? consumerPriorities({ name: 'any', ordinal }, partitions)
  known.set(key, priorities)
  return priorities
}

/** Partitions per replica when the broker picks the highest priority present. */
function shares(present: readonly number[], partitions: number): number[] {
  const priorities = present.map((ordinal) => prioritiesOf(ordinal, partitions))
  const shares = present.map(() => 0)
  for (let k = 0; k < partitions; k++) {
    const highest = Math.max(...priorities.map((own) => own[k] ?? 0))
    const winner = priorities.findIndex((own) => own[k] === highest)
    shares[winner] = (shares[winner] ?? 0) + 1
  }
  return shares
}

/** Every choice of these replicas but none. */
function subsets(replicas: number): number[][] {
  const all = [...Array(replicas).keys()]
  return Array.from({ length: 2 ** replicas - 1 }, (_, bits) => all.filter((n) => ((bits + 1) >> n) & 1))
}

function oneMissing(upTo: number): number[][] {
  const counts = [...Array(upTo + 1).keys()].slice(2)
  return counts.flatMap((count) =>
    [...Array(count).keys()].map((missing) => [...Array(count).keys()].filter((n) => n !== missing)),
  )
}

describe('consumerPriorities', () => {
  it.each([1, 2, 3, 7, 8, 12, 16, 64])(
    'gives each of the replicas 0…R-1 at most ⌈P/R⌉ of %i partitions, and none nothing while there are enough',
    (partitions) => {
      for (let replicas = 1; replicas <= 16; replicas++) {
        const found = shares([...Array(replicas).keys()], partitions)
        expect(Math.max(...found)).toBe(Math.ceil(partitions / replicas))
        if (replicas <= partitions) expect(Math.min(...found)).toBe(Math.floor(partitions / replicas))
      }
    },
  )

  it('shares 8 partitions over 1, 2, 3 and 4 replicas as measured on the broker', () => {
    const step = (replicas: number) =>
      shares([...Array(replicas).keys()], 8)
        .sort()
        .reverse()
    expect([1, 2, 3, 4].map(step)).toEqual([[8], [4, 4], [3, 3, 2], [2, 2, 2, 2]])
  })

  it.each([
    ['any of up to 4 replicas', 8, subsets(4)],
    ['any of up to 4 replicas', 16, subsets(4)],
    ['any of up to 4 replicas', 64, subsets(4)],
    ['any of 5 replicas', 8, subsets(5)],
    ['one of 2 to 8 replicas', 8, oneMissing(8)],
    ['one of 2 to 8 replicas', 16, oneMissing(8)],
  ])('still gives at most ⌈P/R⌉ when %s are missing, with %i partitions', (_, partitions, constellations) => {
    for (const present of constellations) {
      const most = Math.max(...shares(present, partitions))
      expect({ present, most }).toEqual({ present, most: Math.ceil(partitions / present.length) })
    }
  })

  it('leaves no two replicas equal on a partition, so that a stand-in is always decided', () => {
    for (let k = 0; k < 8; k++) {
      const all = [...Array(12).keys()].map((ordinal) => consumerPriorities({ name: 'x', ordinal }, 8)[k])
      expect(new Set(all).size).toBe(all.length)
    }
  })

  it('draws by name where there is no ordinal: the same each time, not the same for another name', () => {
    const draw = (name: string) => consumerPriorities({ name }, 8)
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
    expect(draw('a').every((priority) => priority >= 0 && priority < 2 ** 31)).toBe(true)
  })

  it.each([
    ['player-3', 3],
    ['hlstats-player-12', 12],
    ['player-7d9f8b6c5-x2x4z', undefined],
    ['3f2a9c11b7d0', undefined],
    ['player-24567', undefined],
  ])('reads the ordinal of %s as %s', (name, ordinal) => {
    expect(replicaOf(name).ordinal).toBe(ordinal)
  })
})
