import { describe, expect, it } from 'vitest'
import { newSession } from './session.ts'
import { momentOf } from './wall-clock.ts'

const at = momentOf('2026-01-01T10:00:00.000Z')

const aStay = (stored = false) =>
  newSession(
    { serverId: 1, playerId: 7, uniqueId: '0:7', rawId: 'STEAM_0:0:7', bot: false, uid: 3 },
    { at, name: 'Al', team: 'CT', role: '', stream: 's', receivedAt: '2026-01-01T10:00:00.100Z', stored },
  )

describe('a stay on a server', () => {
  it('begins with nothing done', () => {
    const { state, changed, ended, stored } = aStay()
    expect(state).toMatchObject({
      connectedAt: at.seconds,
      lastEventAt: at.seconds,
      killsInLife: 0,
      mapKills: 0,
    })
    expect({ changed, ended, stored }).toEqual({ changed: false, ended: false, stored: false })
  })

  it('tells the time played since the last sign of life', () => {
    const stay = aStay()
    const later = momentOf('2026-01-01T10:01:00.000Z')
    expect(stay.seen(later, { stream: 's', receivedAt: '2026-01-01T10:01:00.100Z' })).toBe(60)
    expect(stay.seen(at, { stream: 's', receivedAt: '2026-01-01T10:01:00.200Z' })).toBe(0)
    expect(stay.state).toMatchObject({
      lastEventAt: later.seconds,
      receivedAt: '2026-01-01T10:01:00.200Z',
    })
  })

  it('takes what an older ingress life sent, and comes after, for late', () => {
    const stay = aStay()
    expect(stay.isLate({ stream: 's', receivedAt: '2026-01-01T09:00:00.000Z' })).toBe(false)
    expect(stay.isLate({ stream: 'older', receivedAt: '2026-01-01T09:00:00.000Z' })).toBe(true)
    expect(stay.isLate({ stream: 'newer', receivedAt: '2026-01-01T11:00:00.000Z' })).toBe(false)
  })

  it('goes on in the next life of an ingress whose clock was set back meanwhile', () => {
    const stay = aStay()
    const [life, nextLife] = ['20260101T090000000-11111111', '20260101T120000000-11111111']
    stay.seen(at, { stream: nextLife, receivedAt: '2026-01-01T12:00:00.000Z' })
    expect(stay.isLate({ stream: life, receivedAt: '2026-01-01T12:30:00.000Z' })).toBe(true)
    stay.seen(at, { stream: life, receivedAt: '2026-01-01T12:30:00.000Z' })
    expect(stay.isLate({ stream: nextLife, receivedAt: '2026-01-01T11:30:00.000Z' })).toBe(false)
  })

  it('ends a streak once', () => {
    const stay = aStay()
    stay.change({ killsInLife: 4 })
    expect([stay.endKillStreak(), stay.endKillStreak()]).toEqual([4, 0])
  })

  it('starts a map without team and counts, but keeps suicides', () => {
    const stay = aStay()
    stay.change({ mapKills: 3, mapSuicides: 2, mapShots: 9 })
    stay.startMap()
    expect(stay.state).toMatchObject({ team: '', mapKills: 0, mapShots: 0, mapSuicides: 2 })
  })

  it('knows when it moved last among others', () => {
    const [one, other] = [aStay(), aStay(true)]
    other.clock = one.clock
    one.change({ ping: 1 })
    other.change({ ping: 1 })
    one.end()
    expect(one.changedAt).toBeLessThan(other.changedAt)
    expect([one.ended, other.ended]).toEqual([true, false])
  })
})
