import { describe, expect, it } from 'vitest'
import { UnknownSenders } from './unknown-senders.ts'

describe('unknown senders', () => {
  it('lists the latest first, with how often and when they sent', () => {
    const senders = new UnknownSenders()
    for (const [address, at] of [
      ['10.0.0.1:1', 0],
      ['10.0.0.2:1', 1_000],
      ['10.0.0.1:1', 2_000],
    ] as const) {
      senders.note(address, at)
    }
    expect(senders.list()).toEqual([
      {
        address: '10.0.0.1:1',
        by: 'datagram',
        count: 2,
        firstAt: '1970-01-01T00:00:00.000Z',
        lastAt: '1970-01-01T00:00:02.000Z',
      },
      expect.objectContaining({ address: '10.0.0.2:1', count: 1 }),
    ])
  })

  it('stays bounded under a flood, and forgets the longest silent', () => {
    const senders = new UnknownSenders()
    senders.note('faithful', 0)
    for (let at = 1; at <= 5_000; at++) {
      senders.note(`10.0.0.1:${at}`, at)
      if (at % 100 === 0) senders.note('faithful', at)
    }
    expect(senders.list()).toHaveLength(256)
    expect(senders.list()[0]?.address).toBe('faithful')
  })
})
