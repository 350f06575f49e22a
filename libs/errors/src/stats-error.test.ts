import { describe, expect, it } from 'vitest'
import { CODES, codeOf, dispositionOf, StatsError, toError } from './index.ts'

describe('StatsError', () => {
  it('takes the disposition of its code and keeps its cause', () => {
    const cause = new Error('from the driver')
    const error = new StatsError('DB_DEADLOCK', 'victim', { cause })
    expect(error).toMatchObject({ name: 'StatsError', code: 'DB_DEADLOCK', disposition: 'retry', cause })
    expect(new StatsError('EVENT_SCHEMA', 'no killer').disposition).toBe('park')
  })
})

describe('dispositionOf and codeOf', () => {
  it('retry what nobody classified, under the code of a failed handler', () => {
    for (const thrown of [new TypeError('x is undefined'), 'a string', undefined]) {
      expect([dispositionOf(thrown), codeOf(thrown)]).toEqual(['retry', 'HANDLER_FAILED'])
    }
  })

  it('say of a StatsError what its code says', () => {
    const error = new StatsError('DB_CONSTRAINT', 'too long')
    expect([dispositionOf(error), codeOf(error)]).toEqual(['park', 'DB_CONSTRAINT'])
  })
})

describe('toError', () => {
  it('keeps an Error and wraps anything else', () => {
    const error = new Error('x')
    expect(toError(error)).toBe(error)
    expect(toError('a string')).toEqual(new Error('a string'))
  })
})

describe('CODES', () => {
  it('names an area and a subject, and explains itself in a sentence', () => {
    for (const [code, [, text]] of Object.entries(CODES)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/)
      expect(text).toMatch(/^[A-Z].*\.$/)
    }
  })
})
