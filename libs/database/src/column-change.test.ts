import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTo, type Change, hasBindingFloor, raiseNumber, raiseText } from './column-change.ts'

// What the server computes from a collected change.
function applied(change: Change | undefined, current: number, unsigned: boolean): number {
  if (change === undefined) return current
  if (change.kind !== 'shift') return Number(change.value)
  const shifted = current + change.sum
  return hasBindingFloor(change, unsigned) ? Math.max(change.floor ?? shifted, shifted) : shifted
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), value: fc.integer({ min: -20, max: 20 }) }),
  fc.record({ kind: fc.constant('raise' as const), value: fc.nat({ max: 20 }) }),
  fc.record({ kind: fc.constant('set' as const), value: fc.nat({ max: 20 }) }),
)

const oneByOne = {
  add: (current: number, value: number, unsigned: boolean) =>
    unsigned ? Math.max(0, current + value) : current + value,
  raise: Math.max,
  set: (_: number, value: number) => value,
}

const collected = {
  add: addTo,
  raise: raiseNumber,
  set: (_: Change | undefined, value: number): Change => ({ kind: 'set', value }),
}

describe('a collected change', () => {
  it.each([true, false])('gives what its writes give one by one (unsigned: %s)', (unsigned) => {
    const start = unsigned ? fc.nat({ max: 30 }) : fc.integer({ min: -30, max: 30 })
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 12 }), (from, steps) => {
        let expected = from
        let change: Change | undefined
        for (const { kind, value } of steps) {
          expected =
            kind === 'raise' ? oneByOne.raise(expected, value) : oneByOne[kind](expected, value, unsigned)
          change = collected[kind](change, value, unsigned)
        }
        expect(applied(change, from, unsigned)).toBe(expected)
      }),
    )
  })

  it('leaves NULL alone when something is added, and ends it when it is raised', () => {
    const nothing: Change = { kind: 'set', value: null }
    expect(addTo(nothing, 5, true)).toEqual(nothing)
    expect(raiseNumber(nothing, 5)).toEqual({ kind: 'set', value: 5 })
  })

  it('keeps the later of two moments, and a set one when it is later still', () => {
    const raised = raiseText(raiseText(undefined, '2024-05-02'), '2024-05-01')
    expect(raised).toEqual({ kind: 'max', value: '2024-05-02' })
    expect(raiseText({ kind: 'set', value: '2024-05-03' }, '2024-05-02')).toEqual({
      kind: 'set',
      value: '2024-05-03',
    })
    expect(raiseText({ kind: 'set', value: null }, '2024-05-02')).toEqual({
      kind: 'set',
      value: '2024-05-02',
    })
  })
})
