import { StatsError } from '@hlstats/errors'
import { describe, expect, it } from 'vitest'
import { createLogger, LogLevel, Metrics, Occurrences } from './index.ts'

function given() {
  const written: string[] = []
  const logger = createLogger({ name: 'test', destination: { write: (line: string) => written.push(line) } })
  const metrics = new Metrics()
  let clock = 0
  const occurrences = new Occurrences({ logger, metrics, now: () => clock })
  const lines = () => written.map((line) => JSON.parse(line))
  const wait = (ms: number) => {
    clock += ms
  }
  return { occurrences, metrics, lines, wait }
}

const dropped = {
  counter: 'hlstats_events_dropped_total',
  help: 'Events dropped, by reason.',
  labels: ['reason'],
  level: LogLevel.WARN,
  message: 'event dropped',
} as const

describe('Occurrences', () => {
  it('counts and logs with one call', async () => {
    const { occurrences, metrics, lines } = given()
    occurrences.define(dropped)({ reason: 'journal_full' }, { server_id: 7 })
    expect(await metrics.value('hlstats_events_dropped_total', { reason: 'journal_full' })).toBe(1)
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'warn', msg: 'event dropped', reason: 'journal_full', server_id: 7 }),
    ])
  })

  it('logs a repeating warning once in 10 s, says how many were suppressed, and counts each', async () => {
    const { occurrences, metrics, lines, wait } = given()
    const report = occurrences.define(dropped)
    for (let i = 0; i < 5; i++) report({ reason: 'journal_full' })
    wait(10_000)
    report({ reason: 'journal_full' })
    wait(10_000)
    report({ reason: 'journal_full' })
    expect(lines().map(({ suppressed }) => suppressed)).toEqual([undefined, 4, undefined])
    expect(await metrics.value('hlstats_events_dropped_total')).toBe(7)
  })

  it('limits each set of labels and each error code by itself', () => {
    const { occurrences, lines } = given()
    const report = occurrences.define(dropped)
    report({ reason: 'a' })
    report({ reason: 'b' })
    report({ reason: 'b' }, { err: new StatsError('DB_DEADLOCK', 'x') })
    report({ reason: 'b' }, { err: new StatsError('DB_CONNECTION', 'x') })
    report({ reason: 'b' }, { err: new StatsError('DB_CONNECTION', 'y') })
    expect(lines()).toHaveLength(4)
  })

  it('never suppresses a change of state', () => {
    const { occurrences, lines } = given()
    const report = occurrences.define({ ...dropped, level: LogLevel.INFO, labels: [] })
    report({})
    report({})
    expect(lines()).toHaveLength(2)
  })
})
