import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { partitionCount, positiveIntegers } from './numbers.ts'

describe('arguments', () => {
  it('of which there may be several are read one after the other, and each is checked', () => {
    expect(positiveIntegers('3', positiveIntegers('2'))).toEqual([2, 3])
    expect(() => positiveIntegers('x', [2])).toThrow(InvalidArgumentError)
  })

  it('that are a number of partitions stay within what PARTITIONS takes', () => {
    expect(partitionCount('256')).toBe(256)
    for (const text of ['0', '257', '-1', '2.5'])
      expect(() => partitionCount(text)).toThrow(InvalidArgumentError)
  })
})
