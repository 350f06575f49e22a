interface SeenRecord {
  readonly record: number
  readonly seenAt: number
  readonly kills: number
}

// A service that commits nothing for long: what is older is forgotten, and its kills can't be compared any more.
const RECORDS = 200_000

/** The records of one partition of one stream as they came: what the services' committed positions are held against. */
export class RecordTrack {
  /** Records up to this one are not known: they went by before this process looked, or were forgotten. */
  #unknownTo: number
  #last: number
  #hasGap = false
  readonly #records: SeenRecord[] = []

  constructor(first: number) {
    this.#unknownTo = first - 1
    this.#last = first - 1
  }

  get last(): number {
    return this.#last
  }

  see(record: number, kills: number, now: number): void {
    // Sent again, or out of order: findings are the business of sequences.
    if (record <= this.#last) return
    if (record > this.#last + 1) this.#hasGap = true
    this.#last = record
    this.#records.push({ record, seenAt: now, kills })
    if (this.#records.length > RECORDS) this.#forget(1)
  }

  /** Kills in the records after one position up to another; undefined where not all of them were seen. */
  killsBetween(after: number, upTo: number): number | undefined {
    if (this.#hasGap || after < this.#unknownTo || upTo > this.#last) return undefined
    return this.#records
      .filter(({ record }) => record > after && record <= upTo)
      .reduce((sum, { kills }) => sum + kills, 0)
  }

  /** How far a service is behind with this position: records, and the age of the oldest of them. */
  lag(position: number, now: number): { readonly records: number; readonly seconds: number } {
    const oldest = this.#records.find(({ record }) => record > position)
    return {
      records: Math.max(0, this.#last - Math.max(position, this.#unknownTo)),
      seconds: oldest === undefined ? 0 : (now - oldest.seenAt) / 1000,
    }
  }

  /** Forgets records that all services have committed and no comparison needs. */
  prune(committed: number): void {
    const index = this.#records.findIndex(({ record }) => record > committed)
    this.#forget(index === -1 ? this.#records.length : index)
  }

  /** The next comparison starts at this position: a gap before it does not matter any more. */
  restartAt(position: number): void {
    if (position >= this.#last) this.#hasGap = false
  }

  #forget(count: number): void {
    const forgotten = this.#records.splice(0, count).at(-1)
    if (forgotten !== undefined) this.#unknownTo = Math.max(this.#unknownTo, forgotten.record)
  }
}
