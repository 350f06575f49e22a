import type { DecodedEntry, DecodedMessage, GameEvent } from '@hlstats/events'
import { eventDigest, rawEventDigest } from '@hlstats/events'
import { RecordTrack } from './record-track.ts'
import { type AuditOutcome, type Observation, ServerLedger } from './server-ledger.ts'

/** Something seen of one game server. */
export interface ServerObservation extends Observation {
  readonly serverId: number
  readonly detail?: string
}

/** One partition of one stream: its records, and the ledgers of its game servers. */
export class StreamLedger {
  readonly track: RecordTrack
  readonly #servers = new Map<number, ServerLedger>()
  /** True when nothing of it can have gone by before this process looked: then it begins with 1. */
  readonly #isWhole: boolean
  #seenAt = 0

  constructor(firstRecord: number, isWhole: boolean) {
    this.#isWhole = isWhole
    this.track = new RecordTrack(isWhole ? 1 : firstRecord)
  }

  get seenAt(): number {
    return this.#seenAt
  }

  get servers(): number {
    return this.#servers.size
  }

  get missing(): number {
    return [...this.#servers.values()].reduce((sum, { missing }) => sum + missing, 0)
  }

  receive({ records }: DecodedMessage, isRepeat: boolean, now: number): readonly ServerObservation[] {
    this.#seenAt = now
    return records.flatMap(({ record, entries }) => {
      this.track.see(record, entries.filter((entry) => entry.ok && makesFrag(entry.event)).length, now)
      return entries.flatMap((entry) => this.#receiveEntry(entry, isRepeat, now))
    })
  }

  settle(giveUpBefore: number): {
    readonly observations: readonly ServerObservation[]
    readonly audits: readonly AuditOutcome[]
  } {
    const settled = [...this.#servers].map(([serverId, ledger]) => ({
      serverId,
      ...ledger.settle(giveUpBefore),
    }))
    return {
      observations: settled.flatMap(({ serverId, observations }) =>
        observations.map((seen) => ({ ...seen, serverId })),
      ),
      audits: settled.flatMap(({ audits }) => audits),
    }
  }

  #receiveEntry(entry: DecodedEntry, isRepeat: boolean, now: number): readonly ServerObservation[] {
    if (!entry.ok) return this.#receiveInvalid(entry, isRepeat, now)
    const { event } = entry
    const { serverId, sequence } = event
    const ledger = this.#ledgerOf(serverId, sequence)
    const seen = { sequence, type: event.eventType, digest: eventDigest(event), isRepeat }
    const observations = [...ledger.receive(seen, now)]
    const isNew = observations.every(({ kind }) => kind === 'reordered')
    if (event.eventType === 'STREAM_AUDIT' && isNew) observations.push(...ledger.expect(event.data, sequence))
    return observations.map((observation) => ({ ...observation, serverId }))
  }

  // It came, so it is not missing; what it says can't be used.
  #receiveInvalid(
    entry: DecodedEntry & { ok: false },
    isRepeat: boolean,
    now: number,
  ): readonly ServerObservation[] {
    const [, server = '0', number = '0'] = /\.(\d+)\.(\d+)$/.exec(entry.eventId) ?? []
    const [serverId, sequence] = [Number(server), Number(number)]
    const invalid = {
      kind: 'invalid',
      serverId,
      from: sequence,
      to: sequence,
      detail: entry.error.message,
    } as const
    if (sequence === 0) return [invalid]
    const seen = { sequence, type: typeOf(entry.raw), digest: rawEventDigest(entry.raw), isRepeat }
    const observations = this.#ledgerOf(serverId, sequence).receive(seen, now)
    return [invalid, ...observations.map((observation) => ({ ...observation, serverId }))]
  }

  #ledgerOf(serverId: number, sequence: number): ServerLedger {
    const ledger = this.#servers.get(serverId) ?? new ServerLedger(this.#isWhole ? 1 : sequence)
    this.#servers.set(serverId, ledger)
    return ledger
  }
}

/** The player service makes exactly one row of hlstats_Events_Frags of such an event, and of no other. */
function makesFrag(event: GameEvent): boolean {
  return event.eventType === 'PLAYER_KILL' && event.counted === true && event.data.feigned !== true
}

function typeOf(raw: string): string {
  const { eventType } = JSON.parse(raw) as { eventType?: unknown }
  return String(eventType)
}
