import { setTimeout as delay } from 'node:timers/promises'
import type { Journal, JournalPublisher } from '@hlstats/infrastructure'

type SetReady = (ok: boolean, reason?: string) => void

const LOOK_EVERY_MS = 1_000
const CONFIRM_LOOK_MS = 20
// Below the bound by more than a second's events, so that who sends elsewhere does so before anything is lost.
const FULL_SHARE = 0.98

// An event is several times as long as the line that it follows from.
const EVENT_BYTES_PER_LOG_BYTE = 16

/** Whether the journal has room, also for the events of a log of this length. */
export function hasRoom({ bytes, maxBytes }: Pick<Journal, 'bytes' | 'maxBytes'>, logBytes = 0): boolean {
  return bytes + logBytes * EVENT_BYTES_PER_LOG_BYTE < maxBytes * FULL_SHARE
}

/** Tells whether the journal has room: a full one means that the broker has been away for too long. */
export class JournalRoom {
  readonly #journal: Pick<Journal, 'bytes' | 'maxBytes' | 'waitingRecords'>
  readonly #setReady: SetReady
  #timer: NodeJS.Timeout | undefined

  constructor(journal: Pick<Journal, 'bytes' | 'maxBytes' | 'waitingRecords'>, setReady: SetReady) {
    this.#journal = journal
    this.#setReady = setReady
  }

  start(): void {
    this.look()
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  look(): void {
    const { bytes, maxBytes } = this.#journal
    const full = `the journal holds ${bytes} of ${maxBytes} bytes: is the broker reachable? INGRESS_JOURNAL_MAX_BYTES is the bound`
    if (hasRoom(this.#journal)) this.#setReady(true)
    else this.#setReady(false, full)
  }

  /**
   * Resolves when the broker has confirmed everything, when nothing can be sent now, or after this time: what is left
   * stays for the next life.
   */
  async emptied(publisher: Pick<JournalPublisher, 'held'>, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs
    while (this.#journal.waitingRecords > 0 && publisher.held === undefined && performance.now() < deadline) {
      await delay(CONFIRM_LOOK_MS)
    }
  }
}
