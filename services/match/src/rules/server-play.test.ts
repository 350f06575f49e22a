import { describe, expect, it } from 'vitest'
import { type Occasion, occasionOf } from './occasion.ts'
import { ServerPlay } from './server-play.ts'
import { NEW_PLAY } from './stored-play.ts'

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
    play.countKill(false, 'de_nuke', now())
    const end = now()
    play.changeMap('loading', 'de_train', end)
    play.countKill(false, 'de_train', now())
    expect([...play.matches.keys()]).toEqual([1, 2])
    expect(play.matches.get(1)).toMatchObject({
      opened: { map: 'de_nuke', startedAt: start.dateTime },
      ended: { at: end.dateTime, durationSeconds: 2, finished: false },
      rounds: 1,
    })
    expect(play.state).toMatchObject({ map: 'de_train', match: 2, round: 0 })
    expect(play.counts.server.map_changes).toBe(1)
  })

  it('gives a round to the first team that a line names, and closes it with the last line about it', () => {
    const play = aPlay()
    play.startRound('de_nuke', now())
    play.endRound('CT', 'Bomb_Defused', now())
    play.endRound('TERRORIST', 'Round_Win', now())
    play.endRound('', 'Round_End', now())
    expect(play.rounds.get(1)?.get(1)).toMatchObject({ winner: 'CT', reason: 'Bomb_Defused' })
    expect(play.counts.server).toMatchObject({ rounds: 1, ct_wins: 1, ts_wins: 0 })
    expect(play.counts.map).toMatchObject({ map_rounds: 1, map_ct_wins: 1 })
    expect([...(play.matches.get(1)?.wins ?? [])]).toEqual([['CT', 1]])
  })

  it('counts wins of teams that have no column as rounds only', () => {
    const play = aPlay()
    play.startRound('ctf_2fort', now())
    play.endRound('Red', 'Round_Win', now())
    expect(play.counts.server).toMatchObject({ rounds: 1, ct_wins: 0, ts_wins: 0 })
  })

  it('leaves a round without a winner when another begins', () => {
    const play = aPlay()
    play.startRound('de_nuke', now())
    const restart = now()
    play.startRound('de_nuke', restart)
    expect(play.rounds.get(1)?.get(1)).toMatchObject({
      ended: { at: restart.dateTime, durationSeconds: 1 },
      kills: 0,
    })
    expect(play.rounds.get(1)?.get(1)?.winner).toBeUndefined()
    expect(play.counts.server.rounds).toBe(0)
  })

  it('knows no round before the first one starts', () => {
    const play = aPlay()
    play.endRound('CT', 'CTs_Win', now())
    play.countKill(true, 'de_nuke', now())
    expect(play.counts.server).toMatchObject({ kills: 1, headshots: 1, rounds: 0 })
    expect(play.rounds.size).toBe(0)
  })

  it('counts late events of an older ingress life, without moving', () => {
    const play = aPlay()
    play.startRound('de_nuke', now())
    play.follow('de_nuke', now({ stream: 'newer' }))
    const late = now({ stream: 's', receivedAt: '2026-01-01T09:00:00.000Z' })
    expect(play.isLate(late)).toBe(true)
    play.countKill(false, 'de_nuke', late)
    play.counts.countShots('CT', { shots: 5, hits: 1 }, true)
    expect(play.counts.server).toMatchObject({ kills: 1, ct_shots: 5 })
    expect(play.counts.map.map_ct_shots).toBe(0)
    expect(play.rounds.get(1)?.get(1)?.kills).toBe(0)
  })

  it('counts shots for the side that has columns, for the server and for the map', () => {
    const play = aPlay()
    play.counts.countShots('TERRORIST', { shots: 5, hits: 1 }, false)
    play.counts.countShots('Red', { shots: 5, hits: 1 }, false)
    expect(play.counts.server).toMatchObject({ ts_shots: 5, ts_hits: 1, ct_shots: 0 })
    expect(play.counts.map).toMatchObject({ map_ts_shots: 5, map_ts_hits: 1 })
  })

  it('counts no more for the map than its columns hold: where a map starts they are set, not added to', () => {
    const play = aPlay()
    play.counts.restartMap(now())
    for (const most of [2_147_483_647, 2_147_483_647])
      play.counts.countShots('CT', { shots: most, hits: most }, false)
    expect(play.counts.map).toMatchObject({ map_ct_shots: 2_147_483_647, map_ct_hits: 2_147_483_647 })
  })

  it("begins the map's counts again, at that moment", () => {
    const play = aPlay()
    play.counts.countShots('CT', { shots: 5, hits: 1 }, false)
    const at = now()
    play.counts.restartMap(at)
    expect(play.counts.mapStarted).toBe(at.seconds)
    expect(play.counts.map.map_ct_shots).toBe(0)
  })

  it('keeps the map it knows when an event has none', () => {
    const play = aPlay()
    play.follow('de_nuke', now())
    play.follow('', now())
    expect(play.state.map).toBe('de_nuke')
  })
})

describe('a match', () => {
  const kills = (play: ServerPlay, number: number) =>
    Array.from({ length: number }, () => play.countKill(false, 'de_nuke', now()))

  it('ends where the score begins again, and the next thing that happens opens another', () => {
    const play = aPlay()
    play.startRound('de_nuke', now())
    kills(play, 1)
    play.enterPhase('start', now())
    expect(play.isInMatch).toBe(false)
    play.startRound('de_nuke', now())
    kills(play, 1)
    expect([...play.matches.keys()]).toEqual([1, 2])
    expect(play.matches.get(1)?.ended).toMatchObject({ finished: false })
    expect(play.state).toMatchObject({ match: 2, round: 1 })
  })

  it('in which nothing happened leaves no trace, and its number to the next', () => {
    const play = aPlay()
    for (let restart = 0; restart < 3; restart += 1) {
      play.startRound('de_nuke', now())
      play.scores.add({ match: play.state.match, round: 1 }, { playerId: 1, name: 'Al', team: 'CT' }, {})
      play.enterPhase('start', now())
    }
    expect(play.state.match).toBe(0)
    expect([...play.forgotten]).toEqual([1])
    expect([play.matches.size, play.rounds.size, play.scores.matches.size, play.scores.rounds.size]).toEqual([
      0, 0, 0, 0,
    ])
    play.startRound('de_nuke', now())
    expect(play.state).toMatchObject({ match: 1, round: 1 })
  })

  it('is not played in a warm-up nor after its end, yet the server counts what happens', () => {
    const play = aPlay()
    play.enterPhase('warmup', now())
    play.startRound('de_nuke', now())
    kills(play, 2)
    expect(play.matches.size).toBe(0)
    play.enterPhase('live', now())
    kills(play, 1)
    play.showScores([{ team: 'CT', score: 16 }], false)
    play.enterPhase('over', now())
    kills(play, 1)
    expect(play.counts.server.kills).toBe(4)
    expect(play.matches.size).toBe(1)
    expect(play.matches.get(1)?.ended).toMatchObject({ finished: true })
    play.startRound('de_nuke', now())
    expect(play.state).toMatchObject({ phase: 'live', match: 2 })
  })

  it('has begun when a round is won, even if the line that ended the warm-up was lost', () => {
    const play = aPlay()
    play.enterPhase('warmup', now())
    play.startRound('de_nuke', now())
    play.endRound('CT', 'CTs_Win', now())
    expect(play.counts.server).toMatchObject({ rounds: 1, ct_wins: 1 })
    expect(play.state).toMatchObject({ phase: 'live', matchOpen: false })
  })

  it('has the score that the game showed last, also after it is over, and the names of its teams', () => {
    const play = aPlay()
    play.showScores([{ team: 'Red', score: 9 }], true)
    play.nameTeam('Red', 'nobody')
    play.startRound('cp_badlands', now())
    kills(play, 1)
    play.showScores([{ team: 'Red', score: 1 }], false)
    play.nameTeam('Red', 'Broder')
    play.enterPhase('over', now())
    play.showScores([{ team: 'Red', score: 7 }], false)
    expect(play.matches.get(1)?.scores.get('Red')).toBe(1)
    play.showScores([{ team: 'Red', score: 2 }], true)
    expect(play.matches.get(1)?.scores.get('Red')).toBe(2)
    expect(play.matches.get(1)?.names.get('Red')).toBe('Broder')
    expect(play.rounds.get(1)?.get(1)?.scores.get('Red')).toBe(2)
  })

  it('has the id that a plugin gave it, before or after it began, until the plugin ends it', () => {
    const play = aPlay()
    play.identify('early')
    kills(play, 1)
    expect(play.matches.get(1)?.externalId).toBe('early')
    play.identify('late')
    expect(play.matches.get(1)?.externalId).toBe('late')
    play.identify('')
    play.enterPhase('start', now())
    kills(play, 1)
    expect(play.matches.get(1)?.externalId).toBe('late')
    expect(play.matches.get(2)?.externalId).toBeUndefined()
  })
})
