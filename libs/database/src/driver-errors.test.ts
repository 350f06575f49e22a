import { StatsError } from '@hlstats/errors'
import { describe, expect, it } from 'vitest'
import { databaseError } from './driver-errors.ts'

const fromDriver = (errno: number, text = 'text') =>
  Object.assign(new Error(text), { errno, sqlMessage: text })

const fromAdapter = (originalCode: string, originalMessage: string) =>
  Object.assign(new Error('kind'), { name: 'DriverAdapterError', cause: { originalCode, originalMessage } })

const fromPrisma = (inner: Error) =>
  Object.assign(new Error('Invalid invocation'), { code: 'P2010', meta: { driverAdapterError: inner } })

describe('databaseError', () => {
  it.each([
    [1213, 'DB_DEADLOCK', 'retry'],
    [1205, 'DB_LOCK_TIMEOUT', 'retry'],
    [2013, 'DB_CONNECTION', 'retry'],
    [1927, 'DB_CONNECTION', 'retry'],
    [1045, 'DB_CONNECTION', 'retry'],
    [45028, 'DB_CONNECTION', 'retry'],
    [1290, 'DB_READ_ONLY', 'retry'],
    [1021, 'DB_READ_ONLY', 'retry'],
    [1062, 'DB_CONSTRAINT', 'park'],
    [1406, 'DB_CONSTRAINT', 'park'],
    [1146, 'DB_SCHEMA', 'retry'],
    [1064, 'DB_QUERY', 'park'],
    [1153, 'DB_QUERY', 'park'],
  ])('makes %i of the server %s: %s', (errno, code, disposition) => {
    expect(databaseError(fromDriver(errno))).toMatchObject({ code, disposition })
  })

  it('finds the number that adapter and client hide', () => {
    const adapter = fromAdapter('1213', 'Deadlock found')
    expect(databaseError(adapter)).toMatchObject({
      code: 'DB_DEADLOCK',
      message: 'Deadlock found',
      cause: adapter,
    })
    expect(databaseError(fromPrisma(adapter))).toMatchObject({
      code: 'DB_DEADLOCK',
      message: 'Deadlock found',
    })
  })

  it('takes a socket that nobody answers, and a transaction that never began, for a lost connection', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(databaseError(refused).code).toBe('DB_CONNECTION')
    expect(databaseError(Object.assign(new Error('Unable to start'), { code: 'P2028' })).code).toBe(
      'DB_CONNECTION',
    )
  })

  it('says what to do about a missing table', () => {
    expect(databaseError(fromDriver(1146, "Table 'x' doesn't exist")).message).toBe(
      "Table 'x' doesn't exist: run `hlstats migrate`",
    )
  })

  it('leaves a StatsError as it is, and takes anything thrown', () => {
    const known = new StatsError('DB_UNIT_SEALED', 'late')
    expect(databaseError(known)).toBe(known)
    expect(databaseError('a text')).toMatchObject({ code: 'DB_QUERY', message: 'a text' })
  })
})
