import {
  type EventData,
  encodeMessage,
  encodeRecord,
  eventDigest,
  type GameEvent,
  partitionOf,
  rangeDigest,
} from '@hlstats/events'
import { aKill, anEvent } from './builders.ts'

/** What ingress does for one server: numbers events, freezes them in records, and tells with an audit what it saw. */
export class AuditedSender {
  readonly #stream: string
  readonly #serverId: number
  #sequence: number
  #record: number
  #window: GameEvent[] = []

  constructor(options: { stream?: string; serverId?: number; sequence?: number; record?: number } = {}) {
    this.#stream = options.stream ?? '20261122T080000000-0a0b0c0d'
    this.#serverId = options.serverId ?? 1
    this.#sequence = options.sequence ?? 1
    this.#record = options.record ?? 1
  }

  kills(count: number): Buffer {
    return this.#send(Array.from({ length: count }, () => aKill({}, this.#place())))
  }

  audit(change: Partial<EventData['STREAM_AUDIT']> = {}): Buffer {
    const counts: Record<string, number> = {}
    for (const { eventType } of this.#window) counts[eventType] = (counts[eventType] ?? 0) + 1
    const sequences = this.#window.map(({ sequence }) => sequence)
    const data = {
      from: Math.min(...sequences),
      to: Math.max(...sequences),
      counts,
      digest: rangeDigest(this.#window.map(eventDigest)),
      ...change,
    }
    this.#window = []
    return this.#send([anEvent('STREAM_AUDIT', data, this.#place())])
  }

  #place() {
    return { stream: this.#stream, serverId: this.#serverId, sequence: this.#sequence++ }
  }

  #send(events: readonly GameEvent[]): Buffer {
    this.#window.push(...events)
    return encodeMessage(this.#stream, partitionOf(this.#serverId, 8), [encodeRecord(this.#record++, events)])
  }
}
