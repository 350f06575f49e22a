import { StatsError } from '@hlstats/errors'
import { assertEvent, type GameEvent } from '@hlstats/events'
import { PublishError } from '@hlstats/infrastructure'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { describe, expect, it } from 'vitest'
import { EventBatcher } from './event-batcher.ts'
import type { LogPosition } from './log-position.ts'
import { ingressOccurrences } from './occurrences.ts'
import { openSettings } from './play-log-of-test.ts'
import { newGameServer, setMap } from './rules/game-server.ts'
import { serverEvent } from './rules/server-events.ts'
import type { ServerRuntime } from './server-runtimes.ts'
import type { StateEntry } from './server-state-log.ts'

const MOMENT = { timestamp: '2026-01-02T10:00:00.000Z', receivedAt: '2026-01-02T10:00:00.012Z' }

function aServer(serverId: number): ServerRuntime {
  const settings = openSettings({ serverId })
  return {
    known: {
      address: `10.0.0.${serverId}:27015`,
      settings,
      timeZone: 'UTC',
      maxPlayers: 0,
      keyed: false,
      problems: [],
    },
    state: newGameServer(),
    sequence: 0,
    latestAt: 0,
    lastLineAt: 0,
    tickAt: 0,
    idle: false,
    position: undefined,
    safePosition: undefined,
  }
}

const aMark = { at: 0, length: 1, digest: '' }
const aPosition = (end: number): LogPosition => ({
  instance: 'one',
  end,
  first: aMark,
  last: aMark,
  stamp: '',
  rest: '',
})
const aTick = (server: ServerRuntime) =>
  serverEvent(server.state, server.known.settings, 'SERVER_TICK', { players: 1, maxPlayers: 8 })

const full = (events: { notQueued: readonly GameEvent[] }) =>
  new PublishError(new StatsError('JOURNAL_FULL', 'the bound is reached'), events)
const late = (events: { uncertain: number; settled: Promise<readonly GameEvent[]> }) =>
  new PublishError(new StatsError('QUEUE_TIMEOUT', 'is the disk stalled?'), { notQueued: [], ...events })

function aBatcher(publish: (events: readonly GameEvent[]) => Promise<void> = async () => undefined) {
  const steps: string[] = []
  const published: GameEvent[] = []
  const stored: StateEntry[] = []
  const metrics = new Metrics()
  const batcher = new EventBatcher({
    stream: 's1',
    batchMs: 0,
    storeState: async (entries) => {
      steps.push('state')
      stored.push(...entries)
    },
    publish: async (events) => {
      steps.push('events')
      published.push(...events)
      await publish(events)
    },
    nextRecord: (serverId) => ({ stream: 's1', partition: serverId % 2, record: 7 }),
    occurrences: ingressOccurrences(silentLogger(), metrics),
  })
  return { batcher, steps, published, stored, metrics }
}

describe('the batcher', () => {
  it('numbers the events of each server by itself, and makes them valid', async () => {
    const { batcher, published } = aBatcher()
    const [one, two] = [aServer(1), aServer(2)]
    batcher.add(one, aTick(one), MOMENT)
    batcher.add(two, aTick(two), MOMENT)
    batcher.add(one, aTick(one), MOMENT)
    await batcher.drain()
    expect(published.map(({ eventId }) => eventId)).toEqual(['s1.1.1', 's1.2.1', 's1.1.2'])
    for (const event of published) assertEvent(event)
  })

  it('stores what it learned about a server before the events that follow from it', async () => {
    const { batcher, steps, stored } = aBatcher()
    const server = aServer(1)
    setMap(server.state, 'de_nuke')
    batcher.add(server, aTick(server), MOMENT)
    await batcher.drain()
    expect(steps).toEqual(['state', 'events'])
    expect(stored).toEqual([{ serverId: 1, key: 'map', value: 'de_nuke' }])
  })

  it('stores what it learned from lines that give no event', async () => {
    const { batcher, stored, published } = aBatcher()
    const server = aServer(1)
    setMap(server.state, 'de_nuke')
    batcher.add(server, [], MOMENT)
    await batcher.drain()
    expect([stored.length, published.length]).toEqual([1, 0])
  })

  it('takes events while others are being written, and writes them next, in order', async () => {
    const gate = Promise.withResolvers<void>()
    const { batcher, published } = aBatcher(() => gate.promise)
    const server = aServer(1)
    batcher.add(server, aTick(server), MOMENT)
    const drained = batcher.drain()
    batcher.add(server, aTick(server), MOMENT)
    gate.resolve()
    await drained
    expect(published.map(({ sequence }) => sequence)).toEqual([1, 2])
  })

  it('counts what a full journal did not take, and goes on', async () => {
    const { batcher, metrics, published } = aBatcher((notQueued) => Promise.reject(full({ notQueued })))
    const server = aServer(1)
    batcher.add(server, [...aTick(server), ...aTick(server)], MOMENT)
    await batcher.drain()
    batcher.add(server, aTick(server), MOMENT)
    await batcher.drain()
    expect(await metrics.value('hlstats_ingress_dropped_total', { reason: 'journalFull' })).toBe(3)
    expect(published).toHaveLength(3)
  })

  it('stores a position with the record that it holds with, before the events, and alone when they are written', async () => {
    const { batcher, published, stored, steps } = aBatcher()
    const [one, two, three] = [aServer(1), aServer(2), aServer(3)]
    for (const server of [one, two, three]) {
      server.position = aPosition(100)
      batcher.addPosition(server)
    }
    batcher.add(three, aTick(three), MOMENT)
    batcher.add(one, aTick(one), MOMENT)
    await batcher.written()
    expect(published).toHaveLength(2)
    expect(steps).toEqual(['state', 'events', 'state'])
    const records = stored.map(({ serverId, value }) => [serverId, (value as { record?: unknown }).record])
    // Servers 1 and 3 share a partition; server 2 said nothing that is worth an event.
    expect(records).toEqual([
      [1, { stream: 's1', partition: 1, record: 7 }],
      [2, undefined],
      [3, { stream: 's1', partition: 1, record: 8 }],
      [1, undefined],
      [3, undefined],
    ])
    expect([one, two, three].map(({ safePosition }) => safePosition?.end)).toEqual([100, 100, 100])
  })

  it('takes a position back when its events did not reach the journal', async () => {
    const { batcher, stored } = aBatcher((notQueued) => Promise.reject(full({ notQueued })))
    const server = aServer(1)
    server.safePosition = aPosition(50)
    server.position = aPosition(100)
    batcher.addPosition(server)
    batcher.add(server, aTick(server), MOMENT)
    await batcher.written()
    expect([server.position.end, server.safePosition.end]).toEqual([50, 50])
    expect(stored.at(-1)?.value).toEqual({ position: aPosition(50) })
  })

  it('keeps the position of another server whose events did reach it', async () => {
    const { batcher, stored } = aBatcher((events) =>
      Promise.reject(full({ notQueued: events.filter(({ serverId }) => serverId === 1) })),
    )
    const [one, two] = [aServer(1), aServer(2)]
    for (const server of [one, two]) {
      server.safePosition = aPosition(50)
      server.position = aPosition(100)
      batcher.addPosition(server)
      batcher.add(server, aTick(server), MOMENT)
    }
    await batcher.written()
    expect([one.position?.end, two.position?.end, two.safePosition?.end]).toEqual([50, 100, 100])
    expect(stored.slice(-2).map(({ value }) => value)).toEqual([
      { position: aPosition(50) },
      { position: aPosition(100) },
    ])
  })

  it.each([
    ['takes a position back when its events came late and were refused', true, 50],
    ['makes a position safe when its events came late', false, 100],
  ])('%s', async (_behaviour, refused, safe) => {
    const { batcher } = aBatcher(async (events) => {
      throw late({ uncertain: 1, settled: Promise.resolve(refused ? events : []) })
    })
    const server = aServer(1)
    server.safePosition = aPosition(50)
    server.position = aPosition(100)
    batcher.addPosition(server)
    batcher.add(server, aTick(server), MOMENT)
    await batcher.written()
    expect([server.position.end, server.safePosition.end]).toEqual([safe, safe])
  })

  it('counts what the disk answered too late for as lost only when it was refused, and writes nothing before', async () => {
    const disk = Promise.withResolvers<readonly GameEvent[]>()
    const { batcher, metrics, published } = aBatcher(async (events) => {
      if (events.length === 3) throw late({ uncertain: 3, settled: disk.promise })
    })
    const server = aServer(1)
    const dropped = () => metrics.value('hlstats_ingress_dropped_total', { reason: 'journalWrite' })
    batcher.add(server, [...aTick(server), ...aTick(server), ...aTick(server)], MOMENT)
    const drained = batcher.drain()
    batcher.add(server, aTick(server), MOMENT)
    await new Promise((resolve) => setImmediate(resolve))
    expect([published.length, await dropped()]).toEqual([3, 0])
    disk.resolve(published.slice(0, 1))
    await drained
    expect([published.length, await dropped()]).toEqual([4, 1])
  })

  it('is full when more waits than may be kept', () => {
    const { batcher } = aBatcher(() => new Promise(() => undefined))
    const server = aServer(1)
    const [tick] = aTick(server)
    if (tick === undefined) throw new Error('no event')
    batcher.add(server, Array(49_999).fill(tick), MOMENT)
    expect(batcher.isFull).toBe(false)
    batcher.add(server, [tick], MOMENT)
    expect(batcher.isFull).toBe(true)
  })
})
