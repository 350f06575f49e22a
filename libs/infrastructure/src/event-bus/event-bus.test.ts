import { StatsError } from '@hlstats/errors'
import { EventType, type PlayerKillEvent } from '@hlstats/events'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { aKill, aSuicide } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import { EventMetrics } from '../event-metrics.ts'
import { EventBus } from './event-bus.ts'

const deadlock = new StatsError('DB_DEADLOCK', 'victim')
const badRow = new StatsError('DB_CONSTRAINT', 'too long')

function fails(error: Error) {
  return () => {
    throw error
  }
}

async function thrownBy(...errors: Error[]): Promise<unknown> {
  const bus = new EventBus(silentLogger())
  for (const error of errors) bus.subscribe(EventType.PLAYER_KILL, fails(error))
  return bus.publish(aKill()).catch((error: unknown) => error)
}

describe('EventBus', () => {
  it('gives an event to every handler of its type, in the order they subscribed, and waits for them', async () => {
    const bus = new EventBus(silentLogger())
    const seen: string[] = []
    bus.subscribe(EventType.PLAYER_KILL, async (event) => {
      await Promise.resolve()
      seen.push(`first ${event.data.weapon}`)
    })
    bus.subscribe(EventType.PLAYER_KILL, (event) => void seen.push(`second ${event.data.weapon}`))
    bus.subscribe(EventType.PLAYER_SUICIDE, () => void seen.push('suicide'))
    await bus.publish(aKill({ weapon: 'm4a1' }))
    expect(seen).toEqual(['first m4a1', 'second m4a1'])
  })

  it('publishes an event that nobody subscribed to', async () => {
    await expect(new EventBus(silentLogger()).publish(aSuicide())).resolves.toBeUndefined()
  })

  it('stops giving events to a handler that unsubscribed, also one of two with the same function', async () => {
    const bus = new EventBus(silentLogger())
    let calls = 0
    const handler = () => void calls++
    const first = bus.subscribe(EventType.PLAYER_KILL, handler)
    bus.subscribe(EventType.PLAYER_KILL, handler)
    expect([bus.unsubscribe(first), bus.unsubscribe(first), bus.unsubscribe('nonsense')]).toEqual([
      true,
      false,
      false,
    ])
    await bus.publish(aKill())
    expect(calls).toBe(1)
  })

  it('lets only events pass that the filter accepts', async () => {
    const bus = new EventBus(silentLogger())
    const weapons: string[] = []
    const headshotsOnly = { filter: (event: PlayerKillEvent) => event.data.headshot }
    bus.subscribe(EventType.PLAYER_KILL, (event) => void weapons.push(event.data.weapon), headshotsOnly)
    await bus.publish(aKill({ weapon: 'knife' }))
    await bus.publish(aKill({ weapon: 'awp', headshot: true }))
    expect(weapons).toEqual(['awp'])
  })

  it('finishes a publish with the handlers it started with', async () => {
    const bus = new EventBus(silentLogger())
    const seen: string[] = []
    bus.subscribe(EventType.PLAYER_KILL, () => {
      bus.unsubscribe(second)
      bus.subscribe(EventType.PLAYER_KILL, () => void seen.push('third'))
    })
    const second = bus.subscribe(EventType.PLAYER_KILL, () => void seen.push('second'))
    await bus.publish(aKill())
    expect(seen).toEqual(['second'])
  })

  it('tries every handler and throws the one error as it is', async () => {
    const bus = new EventBus(silentLogger())
    let tried = 0
    bus.subscribe(EventType.PLAYER_KILL, fails(badRow))
    bus.subscribe(EventType.PLAYER_KILL, () => void tried++)
    await expect(bus.publish(aKill())).rejects.toBe(badRow)
    expect(tried).toBe(1)
  })

  it('throws several errors as BUS_HANDLER, all of them in the cause', async () => {
    const second = new StatsError('EVENT_SCHEMA', 'no killer')
    const error = await thrownBy(badRow, second)
    expect(error).toMatchObject({ code: 'BUS_HANDLER', disposition: 'park' })
    expect(error).toMatchObject({ cause: { errors: [badRow, second] } })
  })

  it('keeps a retry that one of several errors asks for', async () => {
    expect(await thrownBy(badRow, deadlock)).toMatchObject({
      code: 'DB_DEADLOCK',
      disposition: 'retry',
      cause: { errors: [badRow, deadlock] },
    })
    const unknown = new Error('socket hang up')
    expect(await thrownBy(badRow, unknown)).toMatchObject({ errors: [badRow, unknown] })
  })

  it('throws an Error when a handler throws something else', async () => {
    const bus = new EventBus(silentLogger())
    bus.subscribe(EventType.PLAYER_KILL, () => Promise.reject('a string'))
    await expect(bus.publish(aKill())).rejects.toEqual(new Error('a string'))
  })

  it('calls a handler again after an error that may pass, as often as it asked for', async () => {
    const metrics = new Metrics()
    const bus = new EventBus(silentLogger(), new EventMetrics(silentLogger(), metrics))
    let calls = 0
    const failTwice = () => {
      calls += 1
      if (calls < 3) throw deadlock
    }
    const id = bus.subscribe(EventType.PLAYER_KILL, failTwice, { retry: { attempts: 3, delayMs: 1 } })
    await bus.publish(aKill())
    expect(calls).toBe(3)
    expect(await metrics.value('hlstats_event_handler_retries_total', { code: 'DB_DEADLOCK' })).toBe(2)
    bus.unsubscribe(id)

    calls = 0
    bus.subscribe(EventType.PLAYER_KILL, failTwice, { retry: { attempts: 2, delayMs: 1 } })
    await expect(bus.publish(aKill())).rejects.toBe(deadlock)
    expect(calls).toBe(2)
  })

  it('does not call a handler again after an error that never passes', async () => {
    const bus = new EventBus(silentLogger())
    let calls = 0
    const failing = () => {
      calls += 1
      throw badRow
    }
    bus.subscribe(EventType.PLAYER_KILL, failing, { retry: { attempts: 5, delayMs: 1 } })
    await expect(bus.publish(aKill())).rejects.toBe(badRow)
    expect(calls).toBe(1)
  })

  it('counts what it published by type', async () => {
    const metrics = new Metrics()
    const bus = new EventBus(silentLogger(), new EventMetrics(silentLogger(), metrics))
    await bus.publish(aKill())
    await bus.publish(aKill())
    await bus.publish(aSuicide())
    expect(await metrics.value('hlstats_bus_published_total', { event_type: 'PLAYER_KILL' })).toBe(2)
    expect(await metrics.value('hlstats_bus_published_total')).toBe(3)
  })
})
