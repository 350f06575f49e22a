import { describe, expect, it } from 'vitest'
import { isReceivedBefore, newStream, streamTime } from './stream-id.ts'

describe('newStream', () => {
  it('begins with the time, and is another one each time where no life was before', () => {
    const [one, other] = [newStream(''), newStream('')]
    expect(one).toMatch(/^\d{8}T\d{9}-[0-9a-f]{8}$/)
    expect(one).not.toBe(other)
    expect(Math.abs(streamTime(one) - Date.now())).toBeLessThan(60_000)
  })

  it('sorts after the life before, though the clock went back, and ends as it does', () => {
    expect(newStream('20991231T235959998-0badcafe')).toBe('20991231T235959999-0badcafe')
    expect(newStream('20200101T000000000-0badcafe')).toMatch(/-0badcafe$/)
  })
})

describe('isReceivedBefore', () => {
  const at = (stream: string, hour: number) => ({
    stream,
    receivedAt: `2026-01-01T${String(hour).padStart(2, '0')}:00:00.000Z`,
  })
  const [life, nextLife] = ['20260101T090000000-11111111', '20260101T120000000-11111111']
  const other = '20260101T100000000-22222222'

  it.each([
    ['of the same life, whatever the clock did', at(life, 9), at(life, 12), false],
    ['of the next life, whatever the clock did', at(nextLife, 9), at(life, 12), false],
    ['of the life before, whatever the clock did', at(life, 12), at(nextLife, 9), true],
    ['of another ingress, by the clock', at(other, 9), at(life, 12), true],
    ['of another ingress, by the clock', at(other, 12), at(life, 9), false],
    ['of a stream with a name of its own, by the clock', at('s', 9), at('t', 12), true],
    ['after none at all', at(life, 9), { stream: '', receivedAt: '' }, false],
  ])('tells it of an event %s', (_, event, earlier, isBefore) => {
    expect(isReceivedBefore(event, earlier)).toBe(isBefore)
  })
})
