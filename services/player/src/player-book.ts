import type { GameEvent, PlayerRef } from '@hlstats/events'
import type { ShotSources } from '@hlstats/infrastructure'
import type { Catalogue } from './catalogue.ts'
import type { EventRepository, Row } from './event.repository.ts'
import type { Account, Counters, Standing } from './rules/account.ts'
import { newSession, type Session } from './rules/session.ts'
import { type Moment, momentOf } from './rules/wall-clock.ts'

/** What the book of a batch is made of: rows that are locked until the batch commits. */
export interface BookRows {
  readonly catalogue: Catalogue
  readonly events: EventRepository
  readonly shots: ShotSources
  readonly accounts: ReadonlyMap<number, Account>
  /** By game and unique id, as the database compares them. */
  readonly playerIdOf: (game: string, uniqueId: string) => number | undefined
  readonly sessions: readonly Session[]
  /** By game and tag, as the database compares them. */
  readonly clanIdOf: (game: string, tag: string) => number | undefined
}

/** A player as one event shows him: his row, his stay on the server, and whether points of his may change. */
export interface Actor {
  readonly team: string
  readonly role: string
  readonly account: Account
  readonly session: Session
  readonly at: Moment
  /** A bot on a server that ignores bots. */
  readonly ignored: boolean
  /** Bots with a made-up slot never win or lose points. */
  readonly fixedSkill: boolean
}

/** The players of one batch: rows read and locked once, changed event by event, written once. */
export class PlayerBook {
  readonly catalogue: Catalogue
  readonly shots: ShotSources
  /** By game, then by role. */
  readonly roles = new Map<string, Map<string, RoleCounts>>()
  readonly actionCounts = new Map<number, number>()
  readonly #rows: BookRows
  readonly #sessions = new Map<string, Session>()
  readonly #clock = { now: 0 }
  #latest: { readonly timestamp: string; readonly moment: Moment } | undefined

  constructor(rows: BookRows) {
    this.#rows = rows
    this.catalogue = rows.catalogue
    this.shots = rows.shots
    for (const session of rows.sessions) {
      session.clock = this.#clock
      this.#sessions.set(sessionKey(session.state.serverId, session.state.playerId), session)
    }
  }

  get accounts(): Iterable<Account> {
    return this.#rows.accounts.values()
  }

  get sessions(): Iterable<Session> {
    return this.#sessions.values()
  }

  /** The player whom an event names, marked as seen: his stay begins here if it was not known. */
  actor(event: GameEvent, ref: PlayerRef): Actor {
    const account = this.account(event.game, ref.uniqueId)
    if (account === undefined) throw new Error(`player ${ref.uniqueId} of ${event.game} was not prepared`)
    const at = this.#moment(event)
    const session = this.#session(event, ref, account, at)
    return this.#actor(event, { ...ref, account, session })
  }

  /** Somebody on a server whom an event concerns without naming him. */
  bystander(event: GameEvent, session: Session): Actor | undefined {
    const account = this.#rows.accounts.get(session.state.playerId)
    return account === undefined ? undefined : this.#actor(event, { ...session.state, account, session })
  }

  account(game: string, uniqueId: string): Account | undefined {
    const playerId = this.#rows.playerIdOf(game, uniqueId)
    return playerId === undefined ? undefined : this.#rows.accounts.get(playerId)
  }

  /** The stay of a player on a server, if he is there. */
  stayOf(event: GameEvent, uniqueId: string): Session | undefined {
    const playerId = this.#rows.playerIdOf(event.game, uniqueId)
    const session =
      playerId === undefined ? undefined : this.#sessions.get(sessionKey(event.serverId, playerId))
    return session === undefined || session.ended ? undefined : session
  }

  /** Everybody on a server, but for those whom an older ingress life would move. */
  sessionsOn(event: GameEvent): Session[] {
    return [...this.#sessions.values()].filter(
      (session) => session.state.serverId === event.serverId && !session.ended && !session.isLate(event),
    )
  }

  skillOf(playerId: number): number {
    return this.#rows.accounts.get(playerId)?.skill ?? 0
  }

  clanId(game: string, tag: string): number {
    return this.#rows.clanIdOf(game, tag) ?? 0
  }

  /** A row of an event table. */
  record(table: `hlstats_Events_${string}`, event: GameEvent, row: Row): void {
    const { serverId, map } = event
    this.#rows.events.add(table, { eventTime: this.#moment(event).dateTime, serverId, map }, row)
  }

  count(actor: Actor, amounts: Partial<Counters>): void {
    actor.account.add(amounts, actor.at, actor.session.state.name)
  }

  /** Points won or lost outside a kill. */
  pay(actor: Actor, points: number): void {
    if (actor.fixedSkill) return
    this.settleSkill(actor, actor.account.changeSkill(points, actor.at))
  }

  /** Books a change of points on the player's stay, for the live list. */
  settleSkill({ session }: Actor, change: number): void {
    if (change !== 0) session.change({ skillChange: session.state.skillChange + change })
  }

  countRole(game: string, role: string, counts: Partial<RoleCounts>): void {
    if (role === '') return
    const roles = this.roles.get(game) ?? new Map<string, RoleCounts>()
    const known = roles.get(role) ?? { picked: 0, kills: 0, deaths: 0 }
    this.roles.set(game, roles)
    roles.set(role, {
      picked: known.picked + (counts.picked ?? 0),
      kills: known.kills + (counts.kills ?? 0),
      deaths: known.deaths + (counts.deaths ?? 0),
    })
  }

  countAction(actionId: number): void {
    this.actionCounts.set(actionId, (this.actionCounts.get(actionId) ?? 0) + 1)
  }

  #moment({ timestamp }: GameEvent): Moment {
    // Each event asks several times.
    if (this.#latest?.timestamp !== timestamp) {
      this.#latest = { timestamp, moment: momentOf(timestamp, this.catalogue.options.timeZone) }
    }
    return this.#latest.moment
  }

  #actor(event: GameEvent, who: ActorSource): Actor {
    const at = this.#moment(event)
    const standing = standingOf(who, this.catalogue.server(event.serverId).ignoreBots)
    who.account.touch(at, standing)
    if (!who.session.isLate(event)) {
      const played = who.session.seen(at, event)
      if (played > 0) who.account.add({ connectionTime: played }, at, who.session.state.name)
    }
    const { team, role, account, session } = who
    return {
      team,
      role,
      account,
      session,
      at,
      ignored: standing === 'ignored',
      fixedSkill: standing === 'puppet',
    }
  }

  #session(event: GameEvent, ref: PlayerRef, account: Account, at: Moment): Session {
    const key = sessionKey(event.serverId, account.playerId)
    const known = this.#sessions.get(key)
    if (known !== undefined && !known.ended) return known
    const session = newSession(
      {
        serverId: event.serverId,
        playerId: account.playerId,
        uniqueId: ref.uniqueId,
        rawId: ref.rawId,
        bot: ref.bot,
        uid: ref.uid,
      },
      {
        at,
        name: ref.name,
        team: ref.team,
        role: ref.role,
        stream: event.stream,
        receivedAt: event.receivedAt,
        stored: known?.stored ?? false,
      },
    )
    session.clock = this.#clock
    // Even a line that is late shows him there.
    session.change({})
    this.#sessions.set(key, session)
    return session
  }
}

interface ActorSource {
  readonly team: string
  readonly role: string
  readonly uid: number
  readonly bot: boolean
  readonly account: Account
  readonly session: Session
}

export interface RoleCounts {
  readonly picked: number
  readonly kills: number
  readonly deaths: number
}

function standingOf({ bot, uid }: Pick<ActorSource, 'bot' | 'uid'>, ignoreBots: boolean): Standing {
  if (bot && ignoreBots) return 'ignored'
  if (uid < 0 || (bot && uid === 0)) return 'puppet'
  return bot ? 'bot' : 'human'
}

function sessionKey(serverId: number, playerId: number): string {
  return `${serverId}.${playerId}`
}
