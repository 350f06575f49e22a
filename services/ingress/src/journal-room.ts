import { setTimeout as delay } from 'node:timers/promises'
import type { Journal, JournalPublisher } from '@hlstats/infrastructure'

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

interface JournalRoomOptions {
  readonly journal: Pick<Journal, 'bytes' | 'maxBytes' | 'waitingRecords'>
  /** What to look at when there is none. */
  readonly remedy: string
  readonly setReady: (ok: boolean, reason?: string) => void
}

/** Tells whether the journal has room: a full one means that who reads it has been away for too long. */
export class JournalRoom {
  readonly #options: JournalRoomOptions
  #timer: NodeJS.Timeout | undefined

  constructor(options: JournalRoomOptions) {
    this.#options = options
  }

  start(): void {
    this.look()
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  look(): void {
    const { journal, remedy, setReady } = this.#options
    if (hasRoom(journal)) setReady(true)
    else setReady(false, `the journal holds ${journal.bytes} of ${journal.maxBytes} bytes: ${remedy}`)
  }

  /**
   * Resolves when the broker has confirmed everything, when nothing can be sent now, or after this time: what is left
   * stays for the next life.
   */
  async emptied(publisher: Pick<JournalPublisher, 'held'>, withinMs: number): Promise<void> {
    const { journal } = this.#options
    const deadline = performance.now() + withinMs
    while (journal.waitingRecords > 0 && publisher.held === undefined && performance.now() < deadline) {
      await delay(CONFIRM_LOOK_MS)
    }
  }
}
