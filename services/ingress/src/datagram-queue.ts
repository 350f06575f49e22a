import type { Sender } from './log-intake.ts'

/** A datagram that was read and not looked at yet. */
export interface ReadDatagram {
  readonly datagram: Buffer
  readonly sender: Sender
  /** When it was read, by our clock. */
  readonly readAt: number
}

interface DatagramQueueOptions {
  readonly mostBytes: number
  readonly take: (read: ReadDatagram) => void
}

// An empty datagram costs memory, too: what Node and V8 keep for each.
const OVERHEAD_BYTES = 256
// The event loop reads that many from a socket before it does anything else: fewer, and the socket is empty.
const READ_AT_ONCE = 32
// Long enough to be worth it, short enough for the kernel's buffer to hold what comes meanwhile.
const WORK_MS = 4
const MOVED_AT_ONCE = 1_024

/**
 * Lets the socket be emptied first: reading a datagram costs a tenth of finding out what its lines mean, and what the
 * kernel has no room for is lost. In order, bounded, and without delay where no burst is.
 */
export class DatagramQueue {
  readonly #options: DatagramQueueOptions
  /** Those before `#next` are taken. */
  #waiting: (ReadDatagram | undefined)[] = []
  #next = 0
  #bytes = 0
  #readNow = 0
  #immediate: NodeJS.Immediate | undefined

  constructor(options: DatagramQueueOptions) {
    this.#options = options
  }

  /** Datagrams that were read and wait to be looked at. */
  get length(): number {
    return this.#waiting.length - this.#next
  }

  add(read: ReadDatagram): void {
    // Reading on would only move the loss: what waits is worked off before more is taken.
    while (this.length > 0 && this.#bytes >= this.#options.mostBytes) this.#takeOne()
    this.#waiting.push(read)
    this.#bytes += read.datagram.length + OVERHEAD_BYTES
    this.#readNow += 1
    this.#immediate ??= setImmediate(() => this.#turn())
  }

  /** Takes everything that waits, at once. */
  drain(): void {
    while (this.length > 0) this.#takeOne()
    clearImmediate(this.#immediate)
    this.#immediate = undefined
  }

  #turn(): void {
    const mayBeMore = this.#readNow >= READ_AT_ONCE
    this.#readNow = 0
    this.#immediate = undefined
    if (!mayBeMore) this.#work()
    if (this.length > 0) this.#immediate = setImmediate(() => this.#turn())
  }

  #work(): void {
    const until = performance.now() + WORK_MS
    while (this.length > 0 && performance.now() < until) this.#takeOne()
  }

  #takeOne(): void {
    const read = this.#waiting[this.#next]
    if (read === undefined) return
    this.#waiting[this.#next] = undefined
    this.#next += 1
    this.#bytes -= read.datagram.length + OVERHEAD_BYTES
    this.#forgetTaken()
    this.#options.take(read)
  }

  // In a flood the queue is never empty, and must not grow by what was taken: each datagram is moved about once.
  #forgetTaken(): void {
    const isEmpty = this.#next === this.#waiting.length
    if (!isEmpty && (this.#next < MOVED_AT_ONCE || this.#next < this.length)) return
    this.#waiting = this.#waiting.slice(this.#next)
    this.#next = 0
  }
}
