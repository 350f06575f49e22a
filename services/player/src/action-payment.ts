import type { ActionMembers, GameEvent, Position } from '@hlstats/events'
import { positionColumns, victimPositionColumns } from './event.repository.ts'
import type { Actor, PlayerBook } from './player-book.ts'
import { type Action, type ActionScope, mapSpecificCode, teamRewardOfPlayerAction } from './rules/action.ts'

/** What a line says about an action, beside who did it. */
export interface ActionLine {
  readonly action: string
  readonly playerBonus?: number | undefined
  readonly teamBonus?: number | undefined
  readonly position?: Position | undefined
  readonly members?: ActionMembers | undefined
}

/** An action of a player: the map's own row of it first, then the general one, each with its own rewards. */
export function payPlayerAction(book: PlayerBook, event: GameEvent, actor: Actor, line: ActionLine): void {
  for (const { action, bonus, teamBonus } of rowsOf(book, event, line, {
    scope: 'forPlayer',
    team: actor.team,
  })) {
    const reward = action.rewardPlayer + bonus
    book.record('hlstats_Events_PlayerActions', event, {
      playerId: actor.account.playerId,
      actionId: action.id,
      bonus: reward,
      ...positionColumns(line.position),
    })
    book.countAction(action.id)
    book.pay(actor, reward)
    const teamReward = teamRewardOfPlayerAction(action, teamBonus)
    payTeam(book, event, {
      action,
      reward: teamReward,
      team: action.team || actor.team,
      members: line.members,
    })
  }
}

/** What one player did to another: what the actor wins, the victim loses. */
export function payPairAction(
  book: PlayerBook,
  event: GameEvent,
  pair: { readonly actor: Actor; readonly victim: Actor; readonly victimPosition: Position | undefined },
  line: ActionLine,
): void {
  const { actor, victim } = pair
  const wanted = { scope: 'forPlayerPlayer', team: actor.team } as const
  for (const { action, bonus, teamBonus } of rowsOf(book, event, line, wanted)) {
    const reward = action.rewardPlayer + bonus
    book.record('hlstats_Events_PlayerPlayerActions', event, {
      playerId: actor.account.playerId,
      victimId: victim.account.playerId,
      actionId: action.id,
      bonus: reward,
      ...positionColumns(line.position),
      ...victimPositionColumns(pair.victimPosition),
    })
    book.countAction(action.id)
    book.pay(actor, reward)
    book.pay(victim, -reward)
    // Nobody's team is meant unless the action names one.
    if (action.team !== '') {
      const reward = action.rewardTeam + teamBonus
      payTeam(book, event, { action, reward, team: action.team, members: line.members })
    }
  }
}

/** An action of a team or of the world: nothing for a player, something for the members of the team. */
export function payGroupAction(
  book: PlayerBook,
  event: GameEvent,
  group: { readonly scope: 'forTeam' | 'forWorld'; readonly team: string },
  line: ActionLine,
): void {
  for (const { action, teamBonus } of rowsOf(book, event, line, group)) {
    book.countAction(action.id)
    const reward = action.rewardTeam + teamBonus
    payTeam(book, event, { action, reward, team: action.team || group.team, members: line.members ?? [] })
  }
}

interface Row {
  readonly action: Action
  readonly bonus: number
  readonly teamBonus: number
}

interface Wanted {
  readonly scope: ActionScope
  readonly team: string
}

/** The line's bonus points go to the general row only. */
function rowsOf(book: PlayerBook, event: GameEvent, line: ActionLine, { scope, team }: Wanted): Row[] {
  const find = (code: string) => book.catalogue.action(event.game, code, scope, team)
  const ofMap = find(mapSpecificCode(event.map, line.action))
  const general = find(line.action)
  return [
    ...(ofMap === undefined ? [] : [{ action: ofMap, bonus: 0, teamBonus: 0 }]),
    ...(general === undefined
      ? []
      : [{ action: general, bonus: line.playerBonus ?? 0, teamBonus: line.teamBonus ?? 0 }]),
  ]
}

interface TeamPayment {
  readonly action: Action
  readonly reward: number
  readonly team: string
  /** Without a list: everybody who is in the team now. */
  readonly members: ActionMembers | undefined
}

function payTeam(book: PlayerBook, event: GameEvent, payment: TeamPayment): void {
  if (payment.reward === 0 || payment.team === '') return
  for (const member of teamMembers(book, event, payment)) {
    book.record('hlstats_Events_TeamBonuses', event, {
      playerId: member.account.playerId,
      actionId: payment.action.id,
      bonus: payment.reward,
    })
    book.pay(member, payment.reward)
  }
}

function teamMembers(book: PlayerBook, event: GameEvent, { team, members }: TeamPayment): Actor[] {
  const stays =
    members === undefined
      ? book.sessionsOn(event).filter(({ state }) => state.team === team)
      : members
          .filter((member) => member.team === team)
          .map(({ uniqueId }) => book.stayOf(event, uniqueId))
          .filter((stay) => stay !== undefined)
  return stays
    .map((stay) => book.bystander(event, stay))
    .filter((actor) => actor !== undefined)
    .filter(({ ignored }) => !ignored)
}
