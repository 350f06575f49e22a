import { toError } from '@hlstats/errors'
import { type DecodedMessage, decodeMessage, streamTime } from '@hlstats/events'
import { type ShadowMessage, WORK_SERVICES } from '@hlstats/infrastructure'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import type { Committed } from './committed.repository.ts'
import { type Finding, FindingLog } from './finding-log.ts'
import { KillComparison } from './kill-comparison.ts'
import type { RecordTrack } from './record-track.ts'
import { type Verdict, verdictOf } from './rules/verdict.ts'
import type { AuditOutcome } from './server-ledger.ts'
import { shadowTelemetry } from './shadow-telemetry.ts'
import { StreamLedger } from './stream-ledger.ts'

export interface ShadowOptions {
  readonly partitions: number
  /** How long a sequence that did not come may still come. */
  readonly giveUpMs: number
  /** How far the clocks of ingress and of this process may be apart. */
  readonly clockSkewMs: number
  /** How long a finding counts. */
  readonly windowMs: number
  readonly maxLagSeconds: number
}

export interface ShadowDeps {
  readonly logger: ILogger
  readonly metrics: Metrics
  readonly now?: () => number
}

/** What `GET /report` shows. */
export interface ShadowReport {
  readonly verdict: Verdict
  readonly reasons: readonly string[]
  readonly watchingSince: string
  readonly windowSeconds: number
  readonly audits: Readonly<Record<AuditOutcome, number>>
  readonly findings: readonly Finding[]
  readonly services: Readonly<Record<string, Lag>>
  readonly killsFoundInDatabase: number
  readonly streams: ReadonlyArray<{
    readonly stream: string
    readonly partition: number
    readonly servers: number
    readonly lastRecord: number
  }>
  readonly waitingMessages: number
  readonly missingEvents: number
}

interface Lag {
  readonly seconds: number
  readonly records: number
}

// The queue has room for 256 MiB of messages of at most 64 KiB: fewer than this many can't have pushed others out.
const OVERFLOW_MESSAGES = 4_096
const DRAINED_MESSAGES = 50
const FORGET_STREAM_MS = 24 * 3600 * 1000
const READING_MAX_AGE_MS = 60_000

/** Compares what the queue delivers with what ingress saw, and with what the services commit. */
export class Shadow {
  readonly #options: ShadowOptions
  readonly #now: () => number
  readonly #findings: FindingLog
  readonly #telemetry
  readonly #kills = new KillComparison()
  readonly #audits: Record<AuditOutcome, number> = { matched: 0, mismatched: 0, incomplete: 0, blind: 0 }
  #streams = new Map<
    string,
    { readonly partition: number; readonly stream: string; readonly ledger: StreamLedger }
  >()
  #lag: Record<string, Lag> = Object.fromEntries(
    WORK_SERVICES.map((service) => [service, { seconds: 0, records: 0 }]),
  )
  #watchingSince: number
  #waiting: number | undefined
  #isOverflowing = false
  #drainedAt = 0
  /** A moment before which everything has come: messages are on their way for a while after the queue is empty. */
  #completeAt = 0
  #matchedAt = 0
  #readAt: number

  constructor(options: ShadowOptions, { logger, metrics, now = Date.now }: ShadowDeps) {
    this.#options = options
    this.#now = now
    this.#watchingSince = now()
    this.#readAt = now()
    this.#findings = new FindingLog({ logger, metrics })
    this.#telemetry = shadowTelemetry(metrics, () => ({
      verdict: this.judge().verdict,
      lag: this.#lag,
      missing: this.#missing,
      waiting: this.#waiting ?? 0,
    }))
  }

  /** Takes one message of the shadow queue in; it may be acked afterwards. */
  receive({ body, isRepeat }: Pick<ShadowMessage, 'body' | 'isRepeat'>): void {
    const now = this.#now()
    if (isRepeat) this.#telemetry.repeat()
    try {
      this.#receiveDecoded(decodeMessage(body), isRepeat, now)
    } catch (error) {
      this.#findings.add(
        { kind: 'invalid', stream: '', serverId: 0, from: 1, to: 1, detail: toError(error).message },
        now,
      )
    }
  }

  /** Gives up what does not come any more, and compares audits. `waiting`: the backlog of this process, if it is known. */
  settle(waiting: number | undefined): void {
    const now = this.#now()
    this.#waiting = waiting
    if (waiting !== undefined) this.#noteBacklog(waiting, now)
    // What is missing may still be in the backlog: only an empty queue proves that it is not.
    const giveUpBefore = Math.min(now - this.#options.giveUpMs, this.#completeAt)
    for (const [key, { stream, ledger }] of this.#streams) {
      const { observations, audits } = ledger.settle(giveUpBefore)
      for (const observation of observations) this.#findings.add({ ...observation, stream }, now)
      for (const outcome of audits) this.#noteAudit(outcome, now)
      if (ledger.seenAt < now - FORGET_STREAM_MS) this.#streams.delete(key)
    }
  }

  /** Holds what the services have committed against what was seen here. */
  noteCommitted(committed: Committed): void {
    this.#readAt = this.#now()
    this.#compareKills(committed)
    const positions = new Map(
      committed.positions.map((at) => [`${at.service}/${at.partition}/${at.stream}`, at.record]),
    )
    const positionOf = (service: string, partition: number, stream: string) =>
      positions.get(`${service}/${partition}/${stream}`) ?? 0
    this.#lag = Object.fromEntries(
      WORK_SERVICES.map((service) => [
        service,
        this.#lagOf((partition, stream) => positionOf(service, partition, stream)),
      ]),
    )
    for (const { partition, stream, ledger } of this.#streams.values()) {
      const slowest = Math.min(...WORK_SERVICES.map((service) => positionOf(service, partition, stream)))
      ledger.track.prune(Math.min(slowest, this.#kills.settledPosition(partition, stream)))
    }
  }

  /** Compares kills from here on only: the rows will be counted from another id on. */
  forgetKills(): void {
    this.#kills.forget()
  }

  judge(): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
    const now = this.#now()
    const findings: Record<string, number> = {}
    for (const { kind, from, to } of this.#findings.since(now - this.#options.windowMs)) {
      findings[kind] = (findings[kind] ?? 0) + to - from + 1
    }
    return verdictOf({
      findings,
      lagSeconds: Object.fromEntries(
        Object.entries(this.#lag).map(([service, { seconds }]) => [service, seconds]),
      ),
      maxLagSeconds: this.#options.maxLagSeconds,
      hasMatched: this.#matchedAt > now - this.#options.windowMs,
      blindBecause: this.#blindBecause(now),
    })
  }

  report(): ShadowReport {
    return {
      ...this.judge(),
      watchingSince: new Date(this.#watchingSince).toISOString(),
      windowSeconds: this.#options.windowMs / 1000,
      audits: { ...this.#audits },
      findings: this.#findings.since(this.#now() - this.#options.windowMs),
      services: this.#lag,
      killsFoundInDatabase: this.#kills.compared,
      streams: [...this.#streams.values()].map(({ stream, partition, ledger }) => ({
        stream,
        partition,
        servers: ledger.servers,
        lastRecord: ledger.track.last,
      })),
      waitingMessages: this.#waiting ?? 0,
      missingEvents: this.#missing,
    }
  }

  #compareKills(committed: Committed): void {
    const tracksOf = (partition: number) => this.#tracksOf(partition)
    const different = this.#kills.compare(committed, tracksOf, this.#options.partitions)
    for (const { partition, seen, stored } of different) {
      const detail = `partition ${partition}: ${seen} kills were delivered and committed, ${stored} rows appeared`
      const to = Math.abs(seen - stored)
      this.#findings.add({ kind: 'kills', stream: '', serverId: 0, from: 1, to, detail }, this.#readAt)
    }
    this.#telemetry.killsCompared(this.#kills.takeCompared())
  }

  get #missing(): number {
    return [...this.#streams.values()].reduce((sum, { ledger }) => sum + ledger.missing, 0)
  }

  #receiveDecoded(message: DecodedMessage, isRepeat: boolean, now: number): void {
    const { stream, partition, records } = message
    const key = `${partition}/${stream}`
    const first = records[0]?.record ?? 1
    const known = this.#streams.get(key)
    const ledger = known?.ledger ?? new StreamLedger(first, first === 1 || this.#beganUnderWatch(stream))
    if (known === undefined) this.#streams.set(key, { partition, stream, ledger })
    for (const { entries } of records) {
      for (const entry of entries) this.#telemetry.event(entry.ok ? entry.event.eventType : 'invalid')
    }
    for (const observation of ledger.receive(message, isRepeat, now))
      this.#findings.add({ ...observation, stream }, now)
  }

  #beganUnderWatch(stream: string): boolean {
    return streamTime(stream) > this.#watchingSince + this.#options.clockSkewMs
  }

  #noteBacklog(waiting: number, now: number): void {
    if (waiting >= OVERFLOW_MESSAGES) this.#isOverflowing = true
    if (waiting > DRAINED_MESSAGES) return
    this.#completeAt = this.#drainedAt
    this.#drainedAt = now
    if (!this.#isOverflowing) return
    // The queue may have dropped its oldest messages: what this process missed is its own fault, and it starts anew.
    this.#isOverflowing = false
    this.#streams = new Map()
    this.#kills.forget()
    this.#watchingSince = now
  }

  #noteAudit(outcome: AuditOutcome, now: number): void {
    this.#audits[outcome] += 1
    this.#telemetry.audit(outcome)
    if (outcome === 'matched') this.#matchedAt = now
  }

  #blindBecause(now: number): readonly string[] {
    return [
      ...(this.#waiting === undefined ? ['the broker cannot be asked'] : []),
      ...((this.#waiting ?? 0) > DRAINED_MESSAGES ? [`${this.#waiting} messages wait to be looked at`] : []),
      ...(now - this.#readAt > READING_MAX_AGE_MS ? ['the database cannot be read'] : []),
    ]
  }

  #tracksOf(partition: number): ReadonlyMap<string, RecordTrack> {
    const own = [...this.#streams.values()].filter((entry) => entry.partition === partition)
    return new Map(own.map(({ stream, ledger }) => [stream, ledger.track]))
  }

  #lagOf(positionOf: (partition: number, stream: string) => number): Lag {
    const now = this.#now()
    const lags = [...this.#streams.values()].map(({ partition, stream, ledger }) =>
      ledger.track.lag(positionOf(partition, stream), now),
    )
    return {
      seconds: Math.max(0, ...lags.map(({ seconds }) => seconds)),
      records: lags.reduce((sum, { records }) => sum + records, 0),
    }
  }
}
