import Type, { type Static } from 'typebox'

const UNKNOWN_SENDER = Type.Object({
  /** `ip:port` */
  address: Type.String(),
  by: Type.Union([Type.Literal('datagram'), Type.Literal('post')]),
  count: Type.Integer({ minimum: 1 }),
  firstAt: Type.String(),
  lastAt: Type.String(),
})

/** Somebody who sends and is no configured server. */
export type UnknownSender = Static<typeof UNKNOWN_SENDER>

/** What `/unknown-senders` answers. */
export const UNKNOWN_SENDERS = Type.Object({ senders: Type.Array(UNKNOWN_SENDER) })

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
