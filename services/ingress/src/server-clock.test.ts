import { describe, expect, it } from 'vitest'
import { openSettings } from './play-log-of-test.ts'
import { newGameServer, putPlayer } from './rules/game-server.ts'
import type { DraftEvent } from './rules/turn.ts'
import { ServerClock } from './server-clock.ts'
import type { ServerRuntime } from './server-runtimes.ts'

function scene(lastLineAt: number) {
  const server: ServerRuntime = {
    known: {
      address: '10.0.0.1:27015',
      settings: openSettings(),
      timeZone: 'UTC',
      maxPlayers: 16,
      keyed: false,
      problems: [],
    },
    state: newGameServer(),
    sequence: 0,
    latestAt: 0,
    lastLineAt,
    tickAt: 0,
    idle: false,
    position: undefined,
    safePosition: undefined,
  }
  putPlayer(server.state, {
    uid: 2,
    uniqueId: '0:111',
    rawId: 'STEAM_1:0:111',
    name: 'Al',
    team: 'CT',
    role: '',
    bot: false,
    address: '',
    connected: false,
    seenAt: 0,
    shownTeam: 'CT',
    teamChangedAt: 0,
    builtAt: {},
  })
  const drafts: DraftEvent[] = []
  const batcher = { add: (_server: ServerRuntime, made: readonly DraftEvent[]) => void drafts.push(...made) }
  const clock = new ServerClock({ servers: () => [server], batcher, tickMs: 300_000 })
  return { server, drafts, clock }
}

describe('the clock of a server', () => {
  it('samples its load every five minutes while it talks', () => {
    const { server, drafts, clock } = scene(0)
    for (let now = 0; now <= 900_000; now += 1_000) {
      server.lastLineAt = now
      clock.look({ now: now, steady: now })
    }
    expect(drafts).toMatchObject(
      Array(3).fill({ eventType: 'SERVER_TICK', data: { players: 1, maxPlayers: 16 } }),
    )
  })

  it('calls it idle once after five silent minutes, with nobody on it, and samples no more', () => {
    const { server, drafts, clock } = scene(0)
    for (let now = 0; now <= 1_200_000; now += 1_000) clock.look({ now: now, steady: now })
    expect(drafts).toMatchObject([{ eventType: 'SERVER_IDLE', data: { silentSeconds: 300 }, playerCount: 0 }])
    expect(server.state.roster.size).toBe(0)
  })

  it('samples again when it talks again', () => {
    const { server, drafts, clock } = scene(0)
    clock.look({ now: 300_000, steady: 300_000 })
    server.lastLineAt = 400_000
    server.idle = false
    clock.look({ now: 400_000, steady: 400_000 })
    server.lastLineAt = 700_000
    clock.look({ now: 700_000, steady: 700_000 })
    expect(drafts.map(({ eventType }) => eventType)).toEqual(['SERVER_IDLE', 'SERVER_TICK'])
  })

  it.each([-3_600_000, 3_600_000])('goes on as before when our own clock is set by %i ms', (step) => {
    const { server, drafts, clock } = scene(0)
    for (let steady = 0; steady <= 900_000; steady += 1_000) {
      const now = steady < 450_000 ? steady : steady + step
      // Silent for the minute around it.
      if (Math.abs(steady - 450_000) > 30_000) server.lastLineAt = now
      clock.look({ now, steady })
    }
    expect(drafts.map(({ eventType }) => eventType)).toEqual(Array(3).fill('SERVER_TICK'))
    expect(server.state.roster.size).toBe(1)
  })
})
