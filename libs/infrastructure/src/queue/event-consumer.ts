import type { Database } from '@hlstats/database'
import { codeOf, StatsError } from '@hlstats/errors'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import type { IEventBus } from '../event-bus/event-bus.ts'
import type { ModuleRegistry } from '../module-registry.ts'
import { BatchUnit, ParkRun } from './batch-unit.ts'
import { consumerTelemetry } from './consumer-telemetry.ts'
import { DatabaseWatch, isDatabaseAway } from './database-watch.ts'
import type { DeliverySource } from './delivery-source.ts'
import { GapWatch } from './gap-watch.ts'
import { reportLostGaps } from './lost-gaps.ts'
import { type BatchPart, isPartial, PartitionBacklog, partsBefore } from './partition-backlog.ts'
import { findPoison } from './poison-search.ts'
import { MissingRecords } from './positions.ts'
import { WakeUp } from './wake-up.ts'

export interface EventConsumerOptions {
  /** Events per transaction at most, by whole messages. */
  readonly maxBatchEvents?: number
  /** A stopped partition is tried again after this time. */
  readonly stoppedForMs?: number
  /** A gap that stays open for this long is reported as lost. */
  readonly lostAfterMs?: number
  /** With the database away for this long, the partitions are given back until it answers. */
  readonly databaseAwayMs?: number
  /** A partition waits for missing records for so long; unless set, for as long as the source may take to bring them. */
  readonly missingForMs?: number
}

export interface EventConsumerDeps {
  readonly service: string
  readonly source: DeliverySource
  readonly database: Database
  readonly eventBus: IEventBus
  readonly registry: ModuleRegistry
  readonly logger: ILogger
  readonly metrics: Metrics
  /** Told whenever a condition of readiness changes. */
  readonly ready?: { set(name: string, ok: boolean, reason?: string): void } | undefined
  readonly options?: EventConsumerOptions | undefined
}

const DEFAULTS = {
  maxBatchEvents: 3_000,
  stoppedForMs: 60_000,
  lostAfterMs: 3_600_000,
  databaseAwayMs: 60_000,
} as const
const MAX_IDLE_MS = 1_000
// From the start of one transaction to the next.
const GATHER_MS = 50
const LOST_SWEEP_MS = 60_000
const BACKOFF_MS = 50
const MAX_BACKOFF_MS = 5_000
// An error that nobody classified may pass; when it does not, one of the events is to blame.
const UNCLASSIFIED_ATTEMPTS = 3

/**
 * Gives the events of all partitions to the service's modules, many in one transaction, one transaction at a time. Each
 * record takes effect once: positions, effects and parked events are committed together, and acked after that.
 */
export class EventConsumer {
  readonly #deps: EventConsumerDeps
  readonly #options: Required<EventConsumerOptions>
  readonly #unit: BatchUnit
  readonly #backlogs: readonly PartitionBacklog[]
  readonly #telemetry: ReturnType<typeof consumerTelemetry>
  readonly #wakeUp = new WakeUp()
  readonly #databaseWatch: DatabaseWatch
  readonly #gaps: GapWatch
  #running: Promise<void> | undefined
  #reporting: NodeJS.Timeout | undefined
  #stopping = false
  #turn = 0
  #nextSweep = 0

  constructor(deps: EventConsumerDeps) {
    this.#deps = deps
    const missingForMs = deps.source.comesAgainWithinMs
    this.#options = { ...DEFAULTS, missingForMs, ...deps.options }
    this.#unit = new BatchUnit(deps)
    this.#backlogs = Array.from({ length: deps.source.partitions }, (_, k) => new PartitionBacklog(k))
    this.#telemetry = consumerTelemetry(deps)
    this.#databaseWatch = this.#watchDatabase()
    this.#gaps = new GapWatch({
      source: deps.source,
      forMs: this.#options.missingForMs,
      report: this.#telemetry.missing,
      process: (parts) => this.#process(parts),
    })
  }

  /** Deliveries are taken from now on. */
  async start(): Promise<void> {
    if (this.#running !== undefined) throw new Error('the consumer was started before')
    this.#running = this.#run()
    // The loop reports as well, but not while a batch takes long, and that may be when something is wrong.
    this.#reporting = setInterval(() => this.#reportReadiness(), MAX_IDLE_MS)
    await this.#deps.source.start((delivery) => {
      this.#backlogs[delivery.partition]?.push(delivery)
      this.#wakeUp.now()
    })
  }

  /** Finishes the batch in hand, acks it, and gives everything else back in order. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#wakeUp.now()
    await this.#running
    clearInterval(this.#reporting)
    await this.#deps.source.stop()
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#reportReadiness()
      await this.#sweepWhenDue()
      await this.#gaps.narrow(this.#backlogs)
      const startedAt = performance.now()
      const parts = this.#nextBatch(startedAt)
      if (parts.length === 0) await this.#idle()
      else {
        const isWhole = !parts.some(isPartial)
        await this.#process(parts)
        if (isWhole) await this.#gather(startedAt)
      }
    }
  }

  /** A transaction costs much the same whatever is in it: those that are quick wait for more events. */
  async #gather(startedAt: number): Promise<void> {
    const rest = GATHER_MS - (performance.now() - startedAt)
    if (rest > 0) await this.#wakeUp.pause(rest, () => this.#stopping)
  }

  async #idle(): Promise<void> {
    const now = performance.now()
    const due = this.#backlogs.filter(({ isEmpty }) => !isEmpty).map(({ notBefore }) => notBefore - now)
    await this.#wakeUp.wait(Math.max(1, Math.min(MAX_IDLE_MS, ...due)))
  }

  /** Partitions that failed lately have a transaction of their own when it is their time; all others share one. */
  #nextBatch(now: number): BatchPart[] {
    const waiting = this.#backlogs.filter((backlog) => {
      backlog.dropClosed()
      return !backlog.isEmpty && backlog.notBefore <= now
    })
    this.#turn += 1
    const isolated = waiting.filter(({ isolated }) => isolated)
    const shared = waiting.filter(({ isolated }) => !isolated)
    const own = isolated[this.#turn % Math.max(1, isolated.length)]
    const { maxBatchEvents } = this.#options
    if (own !== undefined && (shared.length === 0 || this.#turn % 2 === 0)) return own.take(maxBatchEvents)
    const share = Math.ceil(maxBatchEvents / Math.max(1, shared.length))
    return shared.flatMap((backlog) => backlog.take(share))
  }

  async #process(parts: readonly BatchPart[]): Promise<void> {
    try {
      await this.#commit(parts)
      this.#databaseWatch.answered()
    } catch (error) {
      await this.#failed(parts, error)
    }
  }

  async #commit(parts: readonly BatchPart[]): Promise<void> {
    const startedAt = performance.now()
    const outcome = await this.#unit.apply(parts, (partition) => this.#backlog(partition))
    this.#telemetry.committed(outcome, startedAt)
    for (const backlog of this.#backlogsOf(parts)) {
      backlog.settle(parts.filter(({ partition }) => partition === backlog.partition))
      backlog.isolated = false
      backlog.attempts = 0
      backlog.stoppedBy = undefined
      backlog.poison.clear()
      this.#gaps.committed(backlog, outcome)
      backlog.parksInARow = outcome.runs.get(backlog.partition) ?? backlog.parksInARow
    }
  }

  async #failed(parts: readonly BatchPart[], error: unknown): Promise<void> {
    const backlogs = this.#backlogsOf(parts)
    if (error instanceof ParkRun) return this.#stopPartition(parts, error)
    if (error instanceof MissingRecords)
      return this.#gaps.outlast(this.#backlog(error.gap.partition), parts, error)
    this.#telemetry.retried(
      error,
      backlogs.map(({ partition }) => partition),
    )
    const memory = (partition: number) => this.#backlog(partition)
    if (codeOf(error) === 'DB_UNIT_TIMEOUT') for (const backlog of backlogs) backlog.takeFewer(parts)
    if (isDatabaseAway(error))
      return this.#databaseWatch.outlast(error, () => this.#unit.tryOut(parts, memory))
    for (const backlog of backlogs) backlog.isolated = true
    const [only, ...others] = backlogs
    if (only === undefined || others.length > 0) return
    only.attempts += 1
    const mayPass =
      error instanceof StatsError ? error.disposition === 'retry' : only.attempts < UNCLASSIFIED_ATTEMPTS
    if (mayPass || !(await this.#foundPoison(only, parts)))
      only.notBefore = performance.now() + backoff(only.attempts)
  }

  async #foundPoison(backlog: PartitionBacklog, parts: readonly BatchPart[]): Promise<boolean> {
    const memory = (partition: number) => this.#backlog(partition)
    try {
      const found = await findPoison((only) => this.#unit.tryOut(parts, memory, only))
      if (found === undefined) return false
      backlog.poison.set(found.event.eventId, found.error)
      return true
    } catch (error) {
      if (error instanceof ParkRun) await this.#stopPartition(parts, error)
      else this.#telemetry.retried(error, [backlog.partition])
      return false
    }
  }

  /** What came before the run of parks is committed; the rest goes back to the queue, for a build that can take it. */
  async #stopPartition(parts: readonly BatchPart[], reason: ParkRun): Promise<void> {
    const { partition } = reason.part
    const backlog = this.#backlog(partition)
    const before = partsBefore(parts, reason)
    if (before.length > 0) {
      backlog.isolated = true
      return this.#process(before)
    }
    this.#telemetry.stopped(reason, partition)
    backlog.stoppedBy = reason
    backlog.isolated = true
    backlog.notBefore = performance.now() + this.#options.stoppedForMs
    await this.#deps.source.release(partition)
    backlog.dropClosed()
    backlog.poison.clear()
    setTimeout(() => this.#deps.source.resume(partition), this.#options.stoppedForMs).unref()
  }

  #watchDatabase(): DatabaseWatch {
    const { source, logger } = this.#deps
    const isOver = () => this.#stopping
    return new DatabaseWatch(
      {
        source,
        logger,
        isOver,
        sleep: async (ms) => {
          this.#reportReadiness()
          await this.#wakeUp.pause(ms, isOver)
        },
      },
      this.#options.databaseAwayMs,
    )
  }

  /** Also while there is always something to do: that may be when something is lost. */
  async #sweepWhenDue(): Promise<void> {
    if (performance.now() < this.#nextSweep) return
    this.#nextSweep = performance.now() + LOST_SWEEP_MS
    try {
      const { database, service } = this.#deps
      const lost = await reportLostGaps(database, service, this.#options.lostAfterMs)
      for (const gap of lost) this.#telemetry.lost(gap)
    } catch (err) {
      // Found again by the next sweep, here or in another replica.
      this.#deps.logger.warn('gaps cannot be looked through', { err })
    }
  }

  #reportReadiness(): void {
    const { ready, source } = this.#deps
    if (ready === undefined) return
    const { ok, reason } = source.state()
    ready.set('queue', ok, reason)
    const stopped = this.#backlogs.filter(({ stoppedBy }) => stoppedBy !== undefined)
    const reasons = stopped.map(
      ({ partition, stoppedBy }) => `partition ${partition} stopped: ${stoppedBy?.message}`,
    )
    ready.set('partitions', stopped.length === 0, reasons.join('; '))
    ready.set('database', this.#databaseWatch.reason === undefined, this.#databaseWatch.reason)
  }

  #backlog(partition: number): PartitionBacklog {
    const backlog = this.#backlogs[partition]
    if (backlog === undefined) throw new RangeError(`there is no partition ${partition}`)
    return backlog
  }

  #backlogsOf(parts: readonly BatchPart[]): PartitionBacklog[] {
    return [...new Set(parts.map(({ partition }) => partition))].map((partition) => this.#backlog(partition))
  }
}

function backoff(attempts: number): number {
  const full = Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** Math.min(attempts, 10))
  return full / 2 + (Math.random() * full) / 2
}
