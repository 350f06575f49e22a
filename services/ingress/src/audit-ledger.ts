import { type EventData, EventType, eventDigest, type GameEvent, rangeDigest } from '@hlstats/events'
import type { IEventBus } from '@hlstats/infrastructure'

interface Window {
  readonly from: number
  to: number
  readonly counts: Record<string, number>
  readonly digests: string[]
  /** Events other than audits: a window without them is not worth a record of its own. */
  others: number
}

/** Writes down what the local bus saw of each server: what the shadow consumer compares the queue with. */
export class AuditLedger {
  readonly #windows = new Map<number, Window>()

  constructor(eventBus: IEventBus) {
    for (const type of Object.values(EventType)) {
      eventBus.subscribe(type, (event: GameEvent) => this.#note(event))
    }
  }

  /** The data of an audit record for every server that has something to show; its next window starts behind it. */
  *take(): Generator<[serverId: number, audit: EventData['STREAM_AUDIT']]> {
    for (const [serverId, { from, to, counts, digests, others }] of [...this.#windows]) {
      if (others === 0) continue
      this.#windows.delete(serverId)
      yield [serverId, { from, to, counts, digest: rangeDigest(digests) }]
    }
  }

  #note(event: GameEvent): void {
    const window = this.#windows.get(event.serverId) ?? this.#open(event)
    window.to = event.sequence
    window.counts[event.eventType] = (window.counts[event.eventType] ?? 0) + 1
    window.digests.push(eventDigest(event))
    if (event.eventType !== 'STREAM_AUDIT') window.others++
  }

  #open({ serverId, sequence }: GameEvent): Window {
    const window: Window = { from: sequence, to: sequence, counts: {}, digests: [], others: 0 }
    this.#windows.set(serverId, window)
    return window
  }
}
