import { EventType } from '@hlstats/events'
import { LogLevel } from '@hlstats/telemetry'
import { describe, expect, it } from 'vitest'
import { createMockEvent, createMockLogger } from './seed-context.ts'

describe('createMockEvent', () => {
  it.each(Object.values(EventType))('makes a valid %s', (eventType) => {
    expect(createMockEvent(eventType)).toMatchObject({ eventType })
  })
})

describe('createMockLogger', () => {
  it('keeps the lines of the whole family from its level on', () => {
    const logger = createMockLogger()
    const child = logger.child({ module: 'player' })
    child.debug('hidden')
    logger.setLogLevel(LogLevel.DEBUG)
    child.debug('shown', { attempt: 1 })
    expect(logger.lines).toEqual([
      { level: 'debug', message: 'shown', fields: { module: 'player', attempt: 1 } },
    ])
  })
})
