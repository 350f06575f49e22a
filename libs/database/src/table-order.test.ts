import { describe, expect, it } from 'vitest'
import { inWriteOrder } from './table-order.ts'

describe('inWriteOrder', () => {
  it('puts the rows that everybody wants last, in one order whatever comes in', () => {
    const tables = [
      'hlstats_Servers',
      'hlstats_Weapons',
      'hlstats_Players',
      'hlstats_Events_Frags',
      'hlstats_Actions',
    ]
    const expected = [
      'hlstats_Events_Frags',
      'hlstats_Players',
      'hlstats_Weapons',
      'hlstats_Actions',
      'hlstats_Servers',
    ]
    expect(inWriteOrder(tables, (table) => table)).toEqual(expected)
    expect(inWriteOrder(tables.toReversed(), (table) => table)).toEqual(expected)
  })

  it('keeps the order of writes to one table', () => {
    const writes = [
      ['b', 1],
      ['a', 2],
      ['b', 3],
    ] as const
    expect(inWriteOrder(writes, ([table]) => table)).toEqual([
      ['a', 2],
      ['b', 1],
      ['b', 3],
    ])
  })
})
