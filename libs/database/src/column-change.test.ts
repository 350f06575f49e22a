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
  fc.record({ add: fc.integer({ min: -20, max: 20 }) }),
  fc.record({ raise: fc.nat({ max: 20 }) }),
  fc.record({ set: fc.nat({ max: 20 }) }),
)

describe('a collected change', () => {
  it.each([true, false])('gives what its writes give one by one (unsigned: %s)', (unsigned) => {
    const start = unsigned ? fc.nat({ max: 30 }) : fc.integer({ min: -30, max: 30 })
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 12 }), (from, steps) => {
        let expected = from
        let change: Change | undefined
        for (const write of steps) {
          if ('add' in write) {
            expected = unsigned ? Math.max(0, expected + write.add) : expected + write.add
            change = addTo(change, write.add, unsigned)
          } else if ('raise' in write) {
            expected = Math.max(expected, write.raise)
            change = raiseNumber(change, write.raise)
          } else {
            expected = write.set
            change = { kind: 'set', value: write.set }
          }
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
