import { WORK_SERVICES } from '@hlstats/infrastructure'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { AuditedSender } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import type { Committed } from './committed.repository.ts'
import { Shadow } from './shadow.ts'

const STARTED = Date.parse('2026-11-22T07:59:00.000Z')

/** A shadow whose clock the test holds. */
function watching(since = STARTED) {
  let now = since
  let stuckAt: Committed['positions'] | undefined
  const metrics = new Metrics()
  const shadow = new Shadow(
    { partitions: 8, giveUpMs: 30_000, clockSkewMs: 5_000, windowMs: 900_000, maxLagSeconds: 60 },
    { logger: silentLogger(), metrics, now: () => now },
  )
  return {
    shadow,
    metrics,
    take: (...bodies: readonly Buffer[]) => {
      for (const body of bodies) shadow.receive({ body, isRepeat: false })
    },
    takeAgain: (body: Buffer) => shadow.receive({ body, isRepeat: true }),
    /** Time goes by, and the queue is found empty, or this full, once a second. */
    pass: (seconds: number, waiting: number | 'unknown' = 0) => {
      for (let second = 0; second < seconds; second++) {
        now += 1_000
        shadow.settle(waiting === 'unknown' ? undefined : waiting)
        const committed = everythingCommitted(shadow, String(now))
        shadow.noteCommitted({ ...committed, positions: stuckAt ?? committed.positions })
      }
    },
    /** The services commit nothing any more, or go on. */
    stick: (isStuck: boolean) => {
      stuckAt = isStuck ? everythingCommitted(shadow, '').positions : undefined
    },
    found: () =>
      shadow.report().findings.map(({ kind, serverId, from, to }) => `${kind} ${serverId}: ${from}-${to}`),
  }
}

// Something is parked all the time, and so kills are not compared: kill-comparison.test.ts does that.
function everythingCommitted(shadow: Shadow, exceptionMark: string): Committed {
  const positions = shadow
    .report()
    .streams.flatMap(({ stream, partition, lastRecord }) =>
      WORK_SERVICES.map((service) => ({ service, partition, stream, record: lastRecord })),
    )
  return { positions, frags: new Map(), exceptionMark }
}

const changed = (body: Buffer, from: string, to: string) => Buffer.from(body.toString().replace(from, to))

describe('the shadow, while nothing is wrong', () => {
  it('passes when the audits agree', () => {
    const { shadow, take, pass, found } = watching()
    const [one, two] = [new AuditedSender(), new AuditedSender({ serverId: 2 })]
    take(one.kills(3), two.kills(2), one.kills(1), one.audit(), two.audit())
    pass(60)
    take(one.kills(5), one.audit())
    pass(1)
    expect(shadow.judge()).toEqual({ verdict: 'pass', reasons: [] })
    expect(shadow.report().audits).toMatchObject({ matched: 3, mismatched: 0 })
    expect(found()).toEqual([])
  })

  it('does not know yet before an audit agreed', () => {
    const { shadow, take, pass } = watching()
    take(new AuditedSender().kills(3))
    pass(60)
    expect(shadow.judge()).toEqual({
      verdict: 'unknown',
      reasons: ['no audit record was compared within the window'],
    })
  })

  it('takes what is sent again for what it is', () => {
    const { take, takeAgain, pass, found } = watching()
    const sender = new AuditedSender()
    const [first, second] = [sender.kills(2), sender.kills(2)]
    take(first, second)
    takeAgain(first)
    takeAgain(second)
    take(sender.audit())
    pass(60)
    expect(found()).toEqual([])
  })

  it('judges nothing that was sent before it looked', () => {
    const { shadow, take, pass, found } = watching(Date.parse('2026-11-22T09:00:00.000Z'))
    const sender = new AuditedSender({ sequence: 5_001, record: 800 })
    sender.kills(10)
    take(sender.kills(5), sender.audit())
    pass(60)
    expect(shadow.report().audits).toMatchObject({ blind: 1, matched: 0, mismatched: 0 })
    take(sender.kills(5), sender.audit())
    pass(60)
    expect(shadow.judge().verdict).toBe('pass')
    expect(found()).toEqual([])
  })

  it('starts anew after its queue may have dropped messages, and says so until the queue is empty', () => {
    const { shadow, take, pass, found } = watching()
    const sender = new AuditedSender()
    take(sender.kills(5), sender.audit())
    pass(1)
    pass(60, 5_000)
    expect(shadow.judge()).toEqual({ verdict: 'unknown', reasons: ['5000 messages wait to be looked at'] })
    sender.kills(1_000)
    take(sender.kills(5))
    pass(60, 0)
    take(sender.audit(), sender.kills(3), sender.audit())
    pass(60, 0)
    expect(found()).toEqual([])
    expect(shadow.judge().verdict).toBe('pass')
  })
})

describe('the shadow finds, and nothing else,', () => {
  it('a message that was lost', () => {
    const { shadow, take, pass, found } = watching()
    const sender = new AuditedSender()
    take(sender.kills(2))
    sender.kills(3)
    take(sender.kills(1), sender.audit())
    pass(29)
    expect(found()).toEqual([])
    pass(3)
    expect(found()).toEqual(['missing 1: 3-5'])
    expect(shadow.judge()).toEqual({ verdict: 'fail', reasons: ['3 missing'] })
  })

  it('the very first message of a stream', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    sender.kills(2)
    take(sender.kills(2), sender.audit())
    pass(60)
    expect(found()).toEqual(['missing 1: 1-2'])
  })

  it('the last message before an audit', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    take(sender.kills(2))
    sender.kills(2)
    take(sender.audit())
    pass(60)
    expect(found()).toEqual(['missing 1: 3-4'])
  })

  it('an audit that was lost', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    take(sender.kills(2))
    sender.audit()
    take(sender.kills(2), sender.audit())
    pass(60)
    expect(found()).toEqual(['missing 1: 3-3'])
  })

  it('a message that came twice', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    const doubled = sender.kills(2)
    take(doubled, doubled, sender.kills(1), sender.audit())
    pass(60)
    expect(found()).toEqual(['duplicate 1: 1-2'])
  })

  it('a message that came twice, the second time after its audit', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    const doubled = sender.kills(2)
    take(doubled, sender.audit())
    pass(1)
    take(doubled)
    pass(60)
    expect(found()).toEqual(['duplicate 1: 1-2'])
  })

  it('two messages that changed places', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    const [first, second] = [sender.kills(2), sender.kills(3)]
    take(second, first, sender.audit())
    pass(60)
    expect(found()).toEqual(['reordered 1: 1-2'])
  })

  it('an event that was altered', () => {
    const { shadow, take, pass, found } = watching()
    const sender = new AuditedSender()
    take(sender.kills(1), changed(sender.kills(2), 'ak47', 'awp'), sender.kills(1), sender.audit())
    pass(60)
    expect(found()).toEqual(['mismatched 1: 1-4'])
    take(sender.kills(2), sender.audit())
    pass(60)
    expect(shadow.report().audits).toMatchObject({ matched: 1, mismatched: 1 })
  })

  it('an event whose type was altered', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    const altered = changed(sender.kills(1), 'PLAYER_KILL', 'PLAYER_TEAMKILL')
    take(altered, sender.audit())
    pass(60)
    expect(found()).toEqual(['mismatched 1: 1-1'])
  })

  it('an event that does not fit its schema, as ingress sent it', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    const valid = sender.kills(2)
    const invalid = changed(valid, '"headshot":false', '"headshot":"no"')
    take(invalid)
    pass(60)
    expect(found()).toEqual(['invalid 1: 1-1'])
  })

  it('bytes that are no message', () => {
    const { take, pass, found } = watching()
    take(Buffer.from('hello'))
    pass(60)
    expect(found()).toEqual(['invalid 0: 1-1'])
  })

  it('an audit that speaks of events which were never sent', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    take(sender.kills(2), sender.audit({ to: 999_999_999 }))
    pass(60)
    expect(found()).toEqual(['mismatched 1: 3-3'])
  })

  it('a loss only when its own queue is empty', () => {
    const { take, pass, found } = watching()
    const sender = new AuditedSender()
    sender.kills(2)
    take(sender.kills(2))
    pass(120, 500)
    pass(120, 'unknown')
    expect(found()).toEqual([])
    pass(2, 0)
    expect(found()).toEqual(['missing 1: 1-2'])
  })
})

describe('the verdict', () => {
  it('fails when a service commits nothing for too long, and passes when it has caught up', () => {
    const { shadow, take, pass, stick } = watching()
    const sender = new AuditedSender()
    take(sender.kills(2), sender.audit())
    pass(1)
    stick(true)
    take(sender.kills(2), sender.audit())
    pass(120)
    expect(shadow.judge().reasons).toContain('weapon is 120 s behind, more than 60 s')
    expect(shadow.report().services).toMatchObject({ weapon: { records: 2 } })
    stick(false)
    pass(1)
    expect(shadow.judge().verdict).toBe('pass')
  })
})

describe('a finding', () => {
  it('counts for the length of the window', () => {
    const { shadow, take, pass, metrics } = watching()
    const sender = new AuditedSender()
    sender.kills(2)
    take(sender.kills(2))
    pass(60)
    expect(shadow.judge().verdict).toBe('fail')
    pass(900)
    take(sender.kills(1), sender.kills(1), sender.audit({ from: 5, counts: {} }))
    expect(shadow.judge().verdict).toBe('unknown')
    expect(shadow.report().findings).toEqual([])
    return expect(metrics.value('hlstats_shadow_findings_total', { kind: 'missing' })).resolves.toBe(2)
  })
})
