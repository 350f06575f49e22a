import type { IEventBus } from '@hlstats/infrastructure'
import { AuditLedger } from './audit-ledger.ts'
import type { EventBatcher } from './event-batcher.ts'
import { serverEvent } from './rules/server-events.ts'
import { momentOf, ServerClock } from './server-clock.ts'
import type { ServerDirectory } from './server-directory.ts'
import type { ServerRuntimes } from './server-runtimes.ts'

interface IngressOptions {
  readonly directory: Pick<ServerDirectory, 'all'>
  readonly runtimes: ServerRuntimes
  readonly batcher: EventBatcher
  /** The local bus: what it sees is what the audit records tell. */
  readonly eventBus: IEventBus
  readonly auditMs: number
  readonly tickMs: number
}

/** What ingress does by itself, beside reading lines: audit records, samples, and the end of its stream. */
export class Ingress {
  readonly #options: IngressOptions
  readonly #ledger: AuditLedger
  readonly #clock: ServerClock
  #auditTimer: NodeJS.Timeout | undefined

  constructor(options: IngressOptions) {
    const { eventBus, runtimes, batcher, tickMs } = options
    this.#options = options
    this.#ledger = new AuditLedger(eventBus)
    this.#clock = new ServerClock({ servers: () => runtimes.all(), batcher, tickMs })
  }

  start(now = Date.now()): void {
    const { directory, runtimes, auditMs } = this.#options
    // Who was playing in an earlier life may have fallen silent meanwhile: the clock must look at him too.
    for (const known of directory.all()) {
      if (runtimes.isStored(known.settings.serverId)) runtimes.of(known, now)
    }
    this.#clock.start()
    this.#auditTimer = setInterval(() => this.#audit(Date.now()), auditMs)
  }

  /** Ends the stream in good order: everything audited, then each server's last event, all of it in the journal. */
  async stop(): Promise<void> {
    const { runtimes, batcher } = this.#options
    this.#clock.stop()
    clearInterval(this.#auditTimer)
    await batcher.drain()
    this.#audit(Date.now())
    for (const server of runtimes.all()) {
      if (server.sequence === 0) continue
      const end = { lastSequence: server.sequence + 1 }
      batcher.add(
        server,
        serverEvent(server.state, server.known.settings, 'STREAM_END', end),
        momentOf(Date.now()),
      )
    }
    await batcher.drain()
  }

  #audit(now: number): void {
    const { runtimes, batcher } = this.#options
    const audits = new Map(this.#ledger.take())
    for (const server of runtimes.all()) {
      const audit = audits.get(server.known.settings.serverId)
      if (audit === undefined) continue
      batcher.add(
        server,
        serverEvent(server.state, server.known.settings, 'STREAM_AUDIT', audit),
        momentOf(now),
      )
    }
  }
}
