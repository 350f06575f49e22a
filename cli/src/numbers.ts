import { MAX_PARTITIONS } from '@hlstats/config'
import { InvalidArgumentError } from 'commander'

/** Reads an option's number; anything else is refused with the option's name. */
export function positiveInteger(text: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (value > 0) return value
  throw new InvalidArgumentError('write a whole number above 0.')
}

/** Reads an argument that may be given several times. */
export function positiveIntegers(text: string, before: readonly number[] = []): number[] {
  return [...before, positiveInteger(text)]
}

/** Reads a number of partitions, as PARTITIONS takes it. */
export function partitionCount(text: string): number {
  const value = positiveInteger(text)
  if (value <= MAX_PARTITIONS) return value
  throw new InvalidArgumentError(`write a number up to ${MAX_PARTITIONS}.`)
}

/** The same with 0. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('write a whole number from 0 up.')
}
