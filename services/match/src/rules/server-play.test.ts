import { describe, expect, it } from 'vitest'
import { type Occasion, occasionOf } from './occasion.ts'
import { NEW_PLAY, ServerPlay } from './server-play.ts'

let second = 0
const now = (values: Partial<Occasion> = {}): Occasion => {
  second += 1
  const timestamp = new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString()
  return { ...occasionOf({ stream: 's', receivedAt: timestamp, timestamp }), ...values }
}

const aPlay = () => new ServerPlay(NEW_PLAY, false)

describe('the play on a server', () => {
  it('opens a match with the first thing worth counting on a map, and closes it with the map', () => {
    const play = aPlay()
    play.changeMap('started', 'de_nuke', now())
    expect(play.matches.size).toBe(0)
    const start = now()
    play.startRound('de_nuke', start)
    const end = now()
    play.changeMap('loading', 'de_train', end)
    play.countKill(false, 'de_train', now())
    expect([...play.matches.keys()]).toEqual([1, 2])
    expect(play.matches.get(1)).toMatchObject({
      opened: { map: 'de_nuke', startedAt: start.dateTime },
      endedAt: end.dateTime,
      rounds: 1,
    })
    expect(play.state).toMatchObject({ map: 'de_train', match: 2, round: 0 })
    expect(play.counters.map_changes).toBe(1)
  })

  it('gives a round to the first team that a line names, and closes it with the last line about it', () => {
    const play = aPlay()
    play.startRound('de_nuke', now())
    play.endRound('CT', 'Bomb_Defused', now())
    play.endRound('TERRORIST', 'Round_Win', now())
    play.endRound('', 'Round_End', now())
    expect(play.rounds.get(1)?.get(1)).toMatchObject({ winner: 'CT', reason: 'Bomb_Defused' })
    expect(play.counters).toMatchObject({ rounds: 1, ct_wins: 1, ts_wins: 0 })
    expect(play.mapCounters).toMatchObject({ map_rounds: 1, map_ct_wins: 1 })
    expect([...(play.matches.get(1)?.wins ?? [])]).toEqual([['CT', 1]])
  })

  it('counts wins of teams that have no column as rounds only', () => {
    const play = aPlay()
    play.startRound('ctf_2fort', now())
    play.endRound('Red', 'Round_Win', now())
    expect(play.counters).toMatchObject({ rounds: 1, ct_wins: 0, ts_wins: 0 })
  })

  it('leaves a round without a winner when another begins', () => {
    const play = aPlay()
    play.startRound('de_nuke', now())
    const restart = now()
    play.startRound('de_nuke', restart)
    expect(play.rounds.get(1)?.get(1)).toMatchObject({ endedAt: restart.dateTime, kills: 0 })
    expect(play.rounds.get(1)?.get(1)?.winner).toBeUndefined()
    expect(play.counters.rounds).toBe(0)
  })

  it('knows no round before the first one starts', () => {
    const play = aPlay()
    play.endRound('CT', 'CTs_Win', now())
    play.countKill(true, 'de_nuke', now())
    expect(play.counters).toMatchObject({ kills: 1, headshots: 1, rounds: 0 })
    expect(play.rounds.size).toBe(0)
  })

  it('counts late events of an older ingress life, without moving', () => {
    const play = aPlay()
    play.startRound('de_nuke', now())
    play.follow('de_nuke', now({ stream: 'newer' }))
    const late = now({ stream: 's', receivedAt: '2026-01-01T09:00:00.000Z' })
    expect(play.isLate(late)).toBe(true)
    play.countKill(false, 'de_nuke', late)
    play.countShots('CT', { shots: 5, hits: 1 }, true)
    expect(play.counters).toMatchObject({ kills: 1, ct_shots: 5 })
    expect(play.mapCounters.map_ct_shots).toBe(0)
    expect(play.rounds.get(1)?.get(1)?.kills).toBe(0)
  })

  it('counts shots for the side that has columns, for the server and for the map', () => {
    const play = aPlay()
    play.countShots('TERRORIST', { shots: 5, hits: 1 }, false)
    play.countShots('Red', { shots: 5, hits: 1 }, false)
    expect(play.counters).toMatchObject({ ts_shots: 5, ts_hits: 1, ct_shots: 0 })
    expect(play.mapCounters).toMatchObject({ map_ts_shots: 5, map_ts_hits: 1 })
  })

  it("begins the map's counts again, at that moment", () => {
    const play = aPlay()
    play.countShots('CT', { shots: 5, hits: 1 }, false)
    const at = now()
    play.restartMap(at)
    expect(play.mapStarted).toBe(at.seconds)
    expect(play.mapCounters.map_ct_shots).toBe(0)
  })

  it('keeps the map it knows when an event has none', () => {
    const play = aPlay()
    play.follow('de_nuke', now())
    play.follow('', now())
    expect(play.state.map).toBe('de_nuke')
  })
})
