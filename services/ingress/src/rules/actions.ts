import type { ActionMembers, Position } from '@hlstats/events'
import type { LineOf, Properties } from '@hlstats/game-logs'
import { catalogueCode, loggedCode } from './action-codes.ts'
import { everybody, playerKey, setMarks } from './game-server.ts'
import { minPlayersGate, scoringGate } from './gates.ts'
import { cut, LIMITS } from './limits.ts'
import { positions } from './positions.ts'
import { current, type Sighting, see } from './roster.ts'
import type { ActionRule } from './server-settings.ts'
import { emit, isArtificial, type Turn } from './turn.ts'

/** What a line says about an action, beside its code. */
interface ActionDetails {
  readonly properties?: Properties | undefined
  readonly objectOwner?: LineOf<'playerAction'>['objectOwner']
  readonly position?: Position | undefined
  readonly victimPosition?: Position | undefined
}

type Flag = 'forPlayer' | 'forPlayerPlayer' | 'forTeam' | 'forWorld'

export function handlePlayerAction(turn: Turn, line: LineOf<'playerAction'>): void {
  // The bomb is dropped after its carrier has left: that must not bring him back.
  const actor = see(turn, line.player, { create: line.action !== 'Dropped_The_Bomb' })
  if (actor !== undefined) playerAction(turn, actor, loggedCode(turn, line), line)
}

export function handlePlayerPlayerAction(turn: Turn, line: LineOf<'playerPlayerAction'>): void {
  const actor = see(turn, line.player)
  if (line.article) {
    if (actor !== undefined) playerAction(turn, actor, line.action, line)
    return
  }
  const victim = see(turn, line.victim)
  if (actor === undefined) return
  // L4D logs the grab as an action of the smoker first, the others the other way round.
  const grab = line.action === 'tongue_grab'
  if (grab) impliedAction(turn, actor, line.action)
  if (victim !== undefined) pairAction(turn, actor, victim, { code: line.action, details: line })
  if (!grab) playerAction(turn, actor, line.action, asListed(line))
  if (line.action === 'kill assist' && victim !== undefined) {
    const data = { player: actor.ref, victim: victim.ref, flash: false }
    emit(turn, 'PLAYER_ASSIST', data, scoringGate(turn, [actor, victim]))
  }
}

export function handleKillPet(turn: Turn, line: LineOf<'killPet'>): void {
  if (turn.settings.family !== 'pvkii') return
  const actor = see(turn, line.player)
  const owner = see(turn, line.victim)
  if (actor === undefined) return
  if (owner !== undefined) pairAction(turn, actor, owner, { code: 'killed_parrot', details: line })
  playerAction(turn, actor, 'killed_parrot', asListed(line))
}

export function handleTeamAction(turn: Turn, line: LineOf<'teamAction'>): void {
  for (const { player, position } of line.players) {
    const capper = see(turn, player)
    if (capper !== undefined) {
      playerAction(turn, capper, line.action, { properties: line.properties, position })
    }
  }
  if (line.action !== 'captured_loc' || line.article) {
    teamAction(turn, line.team, line.action, line.article ? {} : line.properties)
  }
}

/** What is true of `triggered "X" against V` is true of the player alone as well. */
function asListed({ properties, position }: ActionDetails): ActionDetails & { listed: true } {
  return { properties, position, listed: true }
}

/** An action of a team; what it pays to its members is decided by the round: only its first winner is paid. */
export function teamAction(turn: Turn, team: string, action: string, properties: Properties = {}): void {
  const code = cut(action, LIMITS.action)
  const rewarded = turn.server.round.paid
    ? []
    : rewardedTeams(turn, code, { flag: 'forTeam', own: team, properties })
  const data = { team: cut(team, LIMITS.team), ...actionFields(turn, code, properties, rewarded) }
  emit(turn, 'ACTION_TEAM', data, minPlayersGate(turn))
}

export function worldAction(turn: Turn, action: string, properties: Properties): void {
  const code = cut(action, LIMITS.action)
  const rewarded = rewardedTeams(turn, code, { flag: 'forWorld', own: '', properties })
  emit(turn, 'ACTION_WORLD', actionFields(turn, code, properties, rewarded), minPlayersGate(turn))
}

/** An action that follows from another line; sent only where the catalogue knows it. */
export function impliedAction(turn: Turn, actor: Sighting, code: string, position?: Position): void {
  playerAction(turn, actor, code, { position, listed: true })
}

export function impliedPairAction(turn: Turn, actor: Sighting, victim: Sighting, code: string): void {
  const listed = isListed(turn, code, 'forPlayerPlayer') || isListed(turn, code, 'forPlayer')
  if (listed) pairAction(turn, actor, victim, { code, details: {} })
}

/** `listed`: sent only where the catalogue knows the action, for lines that are sent as something else already. */
function playerAction(
  turn: Turn,
  actor: Sighting,
  action: string,
  details: ActionDetails & { readonly listed?: boolean },
): void {
  const counted = scoringGate(turn, [actor])
  const entry = current(turn, actor)
  const properties = details.properties ?? {}
  const code =
    entry === undefined || counted !== true
      ? action
      : catalogueCode(turn, entry, action, { properties, objectOwner: details.objectOwner })
  if (code === undefined) return
  if (code === 'headshot' && counted === true) {
    setMarks(turn.server, { headshotBy: actor.identity.uniqueId })
  }
  const short = cut(code, LIMITS.action)
  if (details.listed === true && !isListed(turn, short, 'forPlayer')) return
  const own = entry?.team ?? actor.ref.team
  const rewarded =
    code === 'pointcaptured' ? [] : rewardedTeams(turn, short, { flag: 'forPlayer', own, properties })
  const data = {
    player: actor.ref,
    ...positions({ position: details.position }),
    ...actionFields(turn, short, properties, rewarded),
  }
  emit(turn, 'ACTION_PLAYER', data, counted)
}

interface PairAction {
  readonly code: string
  readonly details: ActionDetails
}

function pairAction(turn: Turn, actor: Sighting, victim: Sighting, { code, details }: PairAction): void {
  if (actor.identity.uid === victim.identity.uid) return
  const counted = scoringGate(turn, [actor, victim])
  const properties = details.properties ?? {}
  if (counted === true && turn.settings.family === 'tf' && isChargedMedic(code, properties)) {
    impliedAction(turn, actor, 'killed_charged_medic')
    impliedPairAction(turn, actor, victim, 'killed_charged_medic')
  }
  const short = cut(code, LIMITS.action)
  // Only a team that the catalogue names is paid for what one did to another.
  const rewarded = rewardedTeams(turn, short, { flag: 'forPlayerPlayer', own: '', properties })
  const data = {
    player: actor.ref,
    victim: victim.ref,
    ...positions({ position: details.position, victimPosition: details.victimPosition }),
    ...actionFields(turn, short, properties, rewarded),
  }
  emit(turn, 'ACTION_PLAYER_PLAYER', data, counted)
}

function isChargedMedic(code: string, properties: Properties): boolean {
  return code === 'medic_death' && properties.ubercharge === '1'
}

/** The rows of the catalogue that a code means: its own and that of the map. */
function listedRules(turn: Turn, code: string, flag: Flag): [ActionRule, 'own' | 'map'][] {
  const { actions } = turn.settings
  const found: [ActionRule, 'own' | 'map'][] = []
  const own = actions.get(code)
  if (own?.[flag] === true) found.push([own, 'own'])
  const ofMap = actions.get(`${turn.server.map}_${code}`)
  if (ofMap?.[flag] === true) found.push([ofMap, 'map'])
  return found
}

function isListed(turn: Turn, code: string, flag: Flag): boolean {
  return listedRules(turn, code, flag).length > 0
}

interface Reward {
  readonly flag: Flag
  /** The team that is paid where the catalogue names none; '' for nobody. */
  readonly own: string
  readonly properties: Properties
}

function rewardedTeams(turn: Turn, code: string, { flag, own, properties }: Reward): string[] {
  const bonus = bonusOf(properties, 'hlx_team_bonuspoints') ?? 0
  return listedRules(turn, code, flag)
    .filter(([rule, row]) => rule.rewardTeam + (row === 'own' ? bonus : 0) !== 0)
    .map(([rule]) => rule.team || own)
    .filter((team) => team !== '')
}

function actionFields(turn: Turn, action: string, properties: Properties, rewarded: readonly string[]) {
  const playerBonus = bonusOf(properties, 'hlx_player_bonuspoints')
  const teamBonus = bonusOf(properties, 'hlx_team_bonuspoints')
  const named = Object.entries(properties).map(([key, value]) => [
    cut(key, LIMITS.name),
    cut(value, LIMITS.text),
  ])
  return {
    action,
    ...(playerBonus === undefined ? {} : { playerBonus }),
    ...(teamBonus === undefined ? {} : { teamBonus }),
    ...(named.length === 0 ? {} : { properties: Object.fromEntries(named) as Record<string, string> }),
    ...(rewarded.length === 0 ? {} : { members: membersOf(turn, rewarded) }),
  }
}

/** Who was in these teams before the line, as far as rewards go to him. */
function membersOf(turn: Turn, teams: readonly string[]): ActionMembers {
  const { server, settings, newcomers } = turn
  return everybody(server)
    .filter((entry) => teams.includes(entry.team) && !newcomers.has(playerKey(entry)))
    .filter((entry) => !(settings.ignoreBots && isArtificial(settings, entry)))
    .map(({ uniqueId, team }) => ({ uniqueId, team }))
}

// More than any plugin gives, and far from what the columns of points hold.
const MOST_BONUS = 1_000_000

function bonusOf(properties: Properties, key: string): number | undefined {
  const value = Number.parseInt(properties[key] ?? '', 10)
  return Number.isNaN(value) ? undefined : Math.max(-MOST_BONUS, Math.min(MOST_BONUS, value))
}
