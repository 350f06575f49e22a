import { type EventData, rangeDigest } from '@hlstats/events'
import { SequenceRanges } from './sequence-ranges.ts'

/** What can be wrong with events that the queue delivered, or did not. */
export type FindingKind = 'missing' | 'duplicate' | 'reordered' | 'mismatched' | 'invalid'

/** Something wrong with these sequences of one server in one stream. */
export interface Observation {
  readonly kind: FindingKind
  readonly from: number
  readonly to: number
}

/** How the comparison with an audit record ended; `blind` where its events were not all ours to see. */
export type AuditOutcome = 'matched' | 'mismatched' | 'incomplete' | 'blind'

export interface SeenEvent {
  readonly sequence: number
  readonly type: string
  readonly digest: string
  /** Sent or delivered again on purpose: after a reconnect, a restart, a lost confirm. */
  readonly isRepeat: boolean
}

type Audit = EventData['STREAM_AUDIT']

// Audits come every few seconds; this many unaudited events mean that they do not come at all.
const HELD_EVENTS = 50_000
const LOST_RANGES = 1_000

/** One game server in one stream: which sequences came, in what order, and whether they are what ingress saw. */
export class ServerLedger {
  readonly #held = new Map<number, { readonly type: string; readonly digest: string }>()
  readonly #missing = new SequenceRanges()
  readonly #lost = new SequenceRanges()
  #audits: Audit[] = []
  /** Below this nothing is judged: it went by before this process looked. */
  #first: number
  #next: number

  constructor(first: number) {
    this.#first = first
    this.#next = first
  }

  /** Sequences that are waited for. */
  get missing(): number {
    return this.#missing.size
  }

  receive(event: SeenEvent, now: number): readonly Observation[] {
    const { sequence, type, digest, isRepeat } = event
    if (sequence < this.#first) return []
    if (sequence >= this.#next) {
      if (sequence > this.#next) this.#missing.add({ from: this.#next, to: sequence - 1, since: now })
      this.#next = sequence + 1
      this.#hold(sequence, { type, digest })
      return []
    }
    const isWaitedFor = this.#missing.take(sequence)
    if (isWaitedFor) this.#hold(sequence, { type, digest })
    if (isWaitedFor || this.#lost.take(sequence)) return [{ kind: 'reordered', from: sequence, to: sequence }]
    const held = this.#held.get(sequence)
    if (held !== undefined && held.digest !== digest)
      return [{ kind: 'mismatched', from: sequence, to: sequence }]
    return isRepeat ? [] : [{ kind: 'duplicate', from: sequence, to: sequence }]
  }

  /**
   * Takes in the audit record that came as this sequence; `settle` compares it once its events have come or are given up.
   * An audit speaks of what was before it: one that does not was changed on its way.
   */
  expect(audit: Audit, sequence: number): readonly Observation[] {
    const isSound = 0 < audit.from && audit.from <= audit.to && audit.to < sequence
    if (!isSound) return [{ kind: 'mismatched', from: sequence, to: sequence }]
    this.#audits.push(audit)
    return []
  }

  /** Gives up what is missing since before `giveUpBefore`, and compares the audits that nothing is missing for any more. */
  settle(giveUpBefore: number): {
    readonly observations: readonly Observation[]
    readonly audits: readonly AuditOutcome[]
  } {
    const given = this.#missing.takeOlderThan(giveUpBefore)
    for (const range of given) this.#lost.add(range)
    this.#lost.keep(LOST_RANGES)
    const observations: Observation[] = given.map(({ from, to }) => ({ kind: 'missing', from, to }))
    const ready = this.#audits.filter(({ from, to }) => !this.#missing.overlaps(from, to))
    this.#audits = this.#audits.filter((audit) => !ready.includes(audit))
    const audits = ready.map((audit) => this.#compare(audit))
    for (const [index, outcome] of audits.entries()) {
      const audit = ready[index]
      if (outcome === 'mismatched' && audit !== undefined)
        observations.push({ kind: 'mismatched', from: audit.from, to: audit.to })
    }
    return { observations, audits }
  }

  #compare({ from, to, counts, digest }: Audit): AuditOutcome {
    const lost = this.#lost.overlaps(from, to)
    const events = range(from, to).map((sequence) => this.#held.get(sequence))
    for (const sequence of range(from, to)) this.#held.delete(sequence)
    if (from < this.#first) return 'blind'
    if (lost) return 'incomplete'
    const seen = events.filter((event) => event !== undefined)
    // Fewer without any being lost: forgotten, because no audit came for too long.
    if (seen.length < events.length) return 'blind'
    const isSame =
      rangeDigest(seen.map((event) => event.digest)) === digest && sameCounts(countTypes(seen), counts)
    return isSame ? 'matched' : 'mismatched'
  }

  #hold(sequence: number, event: { type: string; digest: string }): void {
    this.#held.set(sequence, event)
    if (this.#held.size <= HELD_EVENTS) return
    const [oldest] = this.#held.keys()
    if (oldest !== undefined) this.#held.delete(oldest)
  }
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function countTypes(events: ReadonlyArray<{ readonly type: string }>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

function sameCounts(seen: Record<string, number>, audited: Record<string, number>): boolean {
  const types = new Set([...Object.keys(seen), ...Object.keys(audited)])
  return [...types].every((type) => (seen[type] ?? 0) === (audited[type] ?? 0))
}
