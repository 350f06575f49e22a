import { describe, expect, it } from 'vitest'
import { type Evidence, verdictOf } from './verdict.ts'

const WELL: Evidence = {
  findings: {},
  lagSeconds: { player: 0.4 },
  maxLagSeconds: 60,
  hasMatched: true,
  blindBecause: [],
}

describe('the verdict', () => {
  it('is pass when an audit agreed and nothing is wrong', () => {
    expect(verdictOf(WELL)).toEqual({ verdict: 'pass', reasons: [] })
  })

  it('names each kind of finding with its number', () => {
    expect(verdictOf({ ...WELL, findings: { missing: 3, duplicate: 1, invalid: 0 } })).toEqual({
      verdict: 'fail',
      reasons: ['3 missing', '1 duplicate'],
    })
  })

  it('fails for a service that is too far behind', () => {
    expect(verdictOf({ ...WELL, lagSeconds: { player: 60, match: 61 } })).toEqual({
      verdict: 'fail',
      reasons: ['match is 61 s behind, more than 60 s'],
    })
  })

  it('is unknown while not everything can be seen, and says why', () => {
    expect(verdictOf({ ...WELL, blindBecause: ['the broker cannot be asked'] })).toEqual({
      verdict: 'unknown',
      reasons: ['the broker cannot be asked'],
    })
  })

  it('holds a fault that was seen for more than what cannot be seen', () => {
    expect(
      verdictOf({ ...WELL, findings: { missing: 1 }, blindBecause: ['x'], hasMatched: false }).verdict,
    ).toBe('fail')
  })
})
