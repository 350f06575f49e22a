/** Somebody on a server. */
export interface Member {
  readonly playerId: number
  readonly name: string
  readonly team: string
  readonly role: string
  readonly bot: boolean
}

/** Who is on one server during one batch: what was read, and what changed. */
export class Roster {
  readonly changed = new Set<number>()
  readonly left = new Set<number>()
  readonly #stored: ReadonlySet<number>
  readonly #members: Map<number, Member>

  constructor(members: readonly Member[]) {
    this.#members = new Map(members.map((member) => [member.playerId, member]))
    this.#stored = new Set(this.#members.keys())
  }

  get size(): number {
    return this.#members.size
  }

  get members(): Iterable<Member> {
    return this.#members.values()
  }

  /** Members whose rows are to be made or changed, and whether they have one. */
  *changes(): Generator<Member & { readonly stored: boolean }> {
    for (const playerId of this.changed) {
      const member = this.#members.get(playerId)
      if (member !== undefined) yield { ...member, stored: this.#stored.has(playerId) }
    }
  }

  put(member: Member): void {
    const known = this.#members.get(member.playerId)
    if (known !== undefined && isSame(known, member)) return
    this.#members.set(member.playerId, member)
    this.changed.add(member.playerId)
    this.left.delete(member.playerId)
  }

  remove(playerId: number): void {
    if (!this.#members.delete(playerId)) return
    this.changed.delete(playerId)
    if (this.#stored.has(playerId)) this.left.add(playerId)
  }

  clear(): void {
    for (const playerId of [...this.#members.keys()]) this.remove(playerId)
  }

  /** A new map: nobody is in a team until he joins one. */
  leaveTeams(): void {
    for (const member of [...this.#members.values()]) this.put({ ...member, team: '' })
  }
}

function isSame(a: Member, b: Member): boolean {
  return a.name === b.name && a.team === b.team && a.role === b.role && a.bot === b.bot
}
