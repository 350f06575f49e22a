/** Somebody who sends and is no configured server. */
export interface UnknownSender {
  /** `ip:port` */
  readonly address: string
  readonly by: 'datagram' | 'post'
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
}

const MOST_SENDERS = 256

/** Who was turned away lately: bounded, the longest silent is forgotten first. */
export class UnknownSenders {
  readonly #senders = new Map<
    string,
    { by: UnknownSender['by']; count: number; firstAt: number; lastAt: number }
  >()

  note(address: string, at: number, by: UnknownSender['by'] = 'datagram'): void {
    const known = this.#senders.get(address)
    if (known !== undefined) {
      // Put at the end, so that the first one is always the longest silent.
      this.#senders.delete(address)
      this.#senders.set(address, { ...known, by, count: known.count + 1, lastAt: at })
      return
    }
    if (this.#senders.size >= MOST_SENDERS) this.#forgetOldest()
    this.#senders.set(address, { by, count: 1, firstAt: at, lastAt: at })
  }

  /** The latest first. */
  list(): UnknownSender[] {
    return [...this.#senders].reverse().map(([address, { by, count, firstAt, lastAt }]) => ({
      address,
      by,
      count,
      firstAt: new Date(firstAt).toISOString(),
      lastAt: new Date(lastAt).toISOString(),
    }))
  }

  #forgetOldest(): void {
    for (const address of this.#senders.keys()) {
      this.#senders.delete(address)
      return
    }
  }
}
