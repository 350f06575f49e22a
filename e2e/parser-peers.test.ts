import { peerTests } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import { comparePeers } from '../bench/peers/index.ts'

const tests = peerTests()
const KNOWN_EXCEPTIONS = 4

describe.skipIf(tests === undefined)(
  'the tests of other parsers (skipped where ../shared/corpus is missing)',
  () => {
    const outcomes = comparePeers(tests ?? [])

    it.each([...new Set(outcomes.map(({ test }) => test.peer))])('are met field by field: %s', (peer) => {
      const failed = outcomes.filter(({ test, result }) => test.peer === peer && result === 'failed')
      expect(failed.map(({ test, reason }) => `${test.line}: ${reason}`)).toEqual([])
    })

    it('have no more exceptions than the reasons given for them', () => {
      expect(outcomes.filter(({ result }) => result === 'exception')).toHaveLength(KNOWN_EXCEPTIONS)
    })
  },
)
