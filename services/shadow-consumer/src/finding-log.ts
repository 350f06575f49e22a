import type { ILogger, Metrics } from '@hlstats/telemetry'
import type { FindingKind } from './server-ledger.ts'

/** Something that was found wrong: in what kind of way, where, and when. */
export interface Finding {
  readonly kind: FindingKind | 'kills'
  readonly stream: string
  readonly serverId: number
  readonly from: number
  readonly to: number
  readonly foundAt: string
  readonly detail: string
}

export type NewFinding = Omit<Finding, 'foundAt' | 'detail'> & { readonly detail?: string }

// A broken broker finds something in every message: the newest are enough to see what it is.
const KEPT = 500

/** What was found lately, as few lines as possible: events in a row with the same fault are one finding. */
export class FindingLog {
  readonly #logger: ILogger
  readonly #total
  #findings: Finding[] = []

  constructor({ logger, metrics }: { logger: ILogger; metrics: Metrics }) {
    this.#logger = logger
    this.#total = metrics.counter({
      name: 'hlstats_shadow_findings_total',
      help: 'Events found missing, duplicate, reordered, mismatched or invalid, and kills that are not in the database.',
      labels: ['kind'],
    })
    for (const kind of ['missing', 'duplicate', 'reordered', 'mismatched', 'invalid', 'kills'])
      this.#total.inc({ kind }, 0)
  }

  add(finding: NewFinding, now: number): void {
    const { kind, stream, serverId, from, to, detail = '' } = finding
    this.#total.inc({ kind }, to - from + 1)
    const last = this.#findings.at(-1)
    const follows =
      last?.kind === kind &&
      last.stream === stream &&
      last.serverId === serverId &&
      last.to === from - 1 &&
      last.detail === detail
    const foundAt = new Date(now).toISOString()
    if (last !== undefined && follows) {
      this.#findings[this.#findings.length - 1] = { ...last, to }
      return
    }
    this.#logger.error('the queue and the bus disagree', {
      kind,
      stream,
      server_id: serverId,
      from,
      to,
      detail,
    })
    this.#findings.push({ kind, stream, serverId, from, to, foundAt, detail })
    if (this.#findings.length > KEPT) this.#findings.shift()
  }

  /** What was found after that time, the oldest first. */
  since(time: number): readonly Finding[] {
    return this.#findings.filter(({ foundAt }) => Date.parse(foundAt) > time)
  }
}
