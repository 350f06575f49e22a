import { StatsError } from '@hlstats/errors'
import { EventType } from '@hlstats/events'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { describe, expect, it } from 'vitest'
import { EventMetrics } from './event-metrics.ts'

describe('EventMetrics', () => {
  it('summarises times and errors by event type, by module and in total', () => {
    const metrics = new EventMetrics(silentLogger())
    metrics.recordProcessingTime(EventType.PLAYER_KILL, 150, 'player')
    metrics.recordProcessingTime(EventType.PLAYER_KILL, 50, 'weapon')
    metrics.recordProcessingTime(EventType.CHAT_MESSAGE, 10, 'player')
    metrics.recordError(EventType.PLAYER_KILL, new StatsError('DB_DEADLOCK', 'victim'), 'weapon')
    metrics.recordError(EventType.PLAYER_KILL, new Error('a bug'), 'weapon')
    expect(metrics.getMetrics()).toEqual({
      total: { count: 3, averageMs: 70, minMs: 10, maxMs: 150, errorCount: 2, errorRate: 0.4 },
      byEventType: {
        PLAYER_KILL: { count: 2, averageMs: 100, minMs: 50, maxMs: 150, errorCount: 2, errorRate: 0.5 },
        CHAT_MESSAGE: { count: 1, averageMs: 10, minMs: 10, maxMs: 10, errorCount: 0, errorRate: 0 },
      },
      byModule: {
        player: { count: 2, averageMs: 80, minMs: 10, maxMs: 150, errorCount: 0, errorRate: 0 },
        weapon: { count: 1, averageMs: 50, minMs: 50, maxMs: 50, errorCount: 2, errorRate: 2 / 3 },
      },
      errorsByCode: { DB_DEADLOCK: 1, HANDLER_FAILED: 1 },
    })
  })

  it('summarises nothing as zeros', () => {
    const zero = { count: 0, averageMs: 0, minMs: 0, maxMs: 0, errorCount: 0, errorRate: 0 }
    expect(new EventMetrics(silentLogger()).getMetrics()).toEqual({
      total: zero,
      byEventType: {},
      byModule: {},
      errorsByCode: {},
    })
  })

  it('exposes the same as Prometheus instruments, times in seconds', async () => {
    const registry = new Metrics()
    const metrics = new EventMetrics(silentLogger(), registry)
    metrics.recordProcessingTime(EventType.PLAYER_KILL, 150, 'player')
    metrics.recordError(EventType.PLAYER_KILL, new StatsError('DB_DEADLOCK', 'victim'), 'player')
    const text = await registry.text()
    const labels = 'event_type="PLAYER_KILL",module="player"'
    expect(text).toContain(`hlstats_event_handling_seconds_sum{${labels}} 0.15`)
    expect(text).toContain(`hlstats_event_handler_errors_total{${labels},code="DB_DEADLOCK"} 1`)
  })
})
