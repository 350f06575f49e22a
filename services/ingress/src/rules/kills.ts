import type { KillData, PlayerRef, Position } from '@hlstats/events'
import type { LineOf } from '@hlstats/game-logs'
import { impliedAction, impliedPairAction } from './actions.ts'
import { NO_MARKS, type RosterEntry, setMarks } from './game-server.ts'
import { scoringGate } from './gates.ts'
import { cut, LIMITS } from './limits.ts'
import { positions } from './positions.ts'
import { current, type Sighting, see, selectRole } from './roster.ts'
import { emit, refOf, type Turn } from './turn.ts'

// A team change kills the player in most games, and TF2 logs that death after the change.
const TEAM_CHANGE_GRACE_MS = 2_000

/** A kill as any of its lines tells it. */
interface Kill {
  readonly killer: Sighting
  readonly victim: Sighting
  readonly weapon: string
  readonly headshot: boolean
  readonly killerPosition: Position | undefined
  readonly victimPosition: Position | undefined
  readonly line: LineOf<'kill'> | undefined
}

export function handleKill(turn: Turn, line: LineOf<'kill'>): void {
  const killer = see(turn, line.player)
  const victim = see(turn, line.victim)
  if (killer === undefined || victim === undefined) return
  const role = current(turn, killer)?.role
  if (role === 'scout' || role === 'spy') impliedAction(turn, killer, `kill_as_${role}`)
  const { weapon, headshot, playerPosition, victimPosition } = line
  frag(turn, {
    killer,
    victim,
    weapon,
    headshot,
    killerPosition: playerPosition,
    victimPosition,
    line,
  })
}

/** L4D: a survivor brought down counts like a kill of him; one of the infected is not brought down. */
export function handleIncap(turn: Turn, line: LineOf<'incap'>): void {
  if (turn.settings.family !== 'l4d') return
  const killer = see(turn, line.player)
  const victim = see(turn, line.victim)
  if (killer === undefined || victim === undefined || victim.identity.team === 'Infected') return
  frag(turn, {
    killer,
    victim,
    weapon: line.weapon,
    headshot: 'headshot' in line.properties,
    killerPosition: line.player.position,
    victimPosition: line.victim.position,
    line: undefined,
  })
}

export function handleSuicide(turn: Turn, line: LineOf<'suicide'>): void {
  // L4D logs every death by the world like this; HLstatsX:CE has never taken it for a suicide.
  if (turn.settings.family === 'l4d') return
  const player = see(turn, line.player)
  if (player === undefined) return
  const entry = current(turn, player)
  if (entry !== undefined && turn.at < entry.teamChangedAt + TEAM_CHANGE_GRACE_MS) return
  const data = {
    player: player.ref,
    weapon: cut(line.weapon, LIMITS.weapon),
    ...positions({ position: line.playerPosition }),
  }
  emit(turn, 'PLAYER_SUICIDE', data, scoringGate(turn, [player]))
}

function frag(turn: Turn, kill: Kill): void {
  const { headshotBy, killerPosition, victimPosition } = turn.server.marks
  if (turn.server.marks !== NO_MARKS) setMarks(turn.server, NO_MARKS)
  const l4d = turn.settings.family === 'l4d'
  const counted = scoringGate(turn, [kill.killer, kill.victim], { minPlayers: !l4d })
  const killer = current(turn, kill.killer)
  const victim = current(turn, kill.victim)
  if (l4d && killer?.team === 'Infected' && victim?.team === 'Infected') return
  const used = usedWeapon(turn, kill, killer)
  if (used.penetration === true && counted === true) {
    impliedAction(turn, kill.killer, 'player_penetration', kill.killerPosition)
  }
  const paid = headshotBy !== '' && headshotBy === kill.killer.identity.uniqueId
  const data = {
    killer: roleFrom(turn, kill, 'killer'),
    victim: roleFrom(turn, kill, 'victim'),
    weapon: cut(used.weapon, LIMITS.weapon),
    headshot: paid || used.headshot,
    ...(paid ? { headshotPaid: true } : {}),
    ...positions({
      killerPosition: kill.killerPosition ?? killerPosition,
      victimPosition: kill.victimPosition ?? victimPosition,
    }),
    ...flags(kill.line),
  }
  if (!isTeamKill(turn, killer, victim)) regularKill(turn, kill, data, counted)
  // The bomb of DoD:S kills friends as well: nobody is to blame.
  else if (data.weapon !== 'dod_bomb_target') emit(turn, 'PLAYER_TEAMKILL', data, counted)
}

function regularKill(turn: Turn, kill: Kill, data: KillData, counted: ReturnType<typeof scoringGate>): void {
  emit(turn, 'PLAYER_KILL', data, counted)
  if (counted !== true || data.feigned === true || turn.settings.family !== 'l4d') return
  const { team, role } = data.victim
  if (team === 'Infected' && role !== '' && role !== 'infected') {
    impliedAction(turn, kill.killer, `killed_${role.toLowerCase()}`, data.killerPosition)
  } else if (team === 'Survivor') {
    impliedPairAction(turn, kill.killer, kill.victim, 'killed_survivor')
  }
}

function isTeamKill(turn: Turn, killer: RosterEntry | undefined, victim: RosterEntry | undefined): boolean {
  if (turn.settings.deathmatch || killer === undefined || victim === undefined) return false
  const sameTeam = killer.team === victim.team && killer.team !== '' && killer.team !== 'Unassigned'
  const justSwitched = turn.settings.family === 'tf' && turn.at < victim.teamChangedAt + TEAM_CHANGE_GRACE_MS
  return sameTeam && !justSwitched
}

interface UsedWeapon {
  readonly weapon: string
  readonly headshot: boolean
  /** TF2: the bullet went through another player first, which is an action of its own. */
  readonly penetration?: boolean
}

/** The code under which a weapon is counted: the first rule that fits. */
function usedWeapon(turn: Turn, kill: Kill, killer: RosterEntry | undefined): UsedWeapon {
  const { weapon, headshot } = kill
  if (weapon === '') return { weapon: killer?.role || 'world', headshot }
  switch (turn.settings.family) {
    case 'zps':
      return { weapon: weapon === 'broom' ? 'crowbar' : weapon, headshot }
    case 'ff':
      if (weapon === 'BOOM_HEADSHOT') return { weapon: 'weapon_sniperrifle', headshot: true }
      return { weapon: weapon === 'grenade_napalmlet' ? 'grenade_napalm' : weapon, headshot }
    case 'tfc':
      return weapon === 'headshot' ? { weapon: 'sniperrifle', headshot: true } : { weapon, headshot }
    case 'fof':
      return { weapon: foFWeapon(weapon), headshot }
    case 'tf':
      return weapon === 'player_penetration'
        ? { weapon: 'machina', headshot, penetration: true }
        : { weapon, headshot }
    default:
      return { weapon, headshot }
  }
}

/** The left hand's weapon is the right hand's, and a bow kills by its arrow. */
export function foFWeapon(weapon: string): string {
  const either = weapon.replace(/2$/, '')
  return either === 'bow' ? 'arrow' : either
}

// PVKII tells the classes in the kill line only.
function roleFrom(turn: Turn, kill: Kill, side: 'killer' | 'victim'): PlayerRef {
  const entry = current(turn, kill[side])
  if (entry === undefined) return kill[side].ref
  const role = turn.settings.family === 'pvkii' ? (kill.line?.properties[`${side}class`] ?? '') : ''
  if (role === '' || role === entry.role) return refOf(entry)
  return refOf(selectRole(turn, entry, cut(role, LIMITS.role)))
}

function flags(line: LineOf<'kill'> | undefined): Partial<KillData> {
  if (line === undefined) return {}
  return {
    ...(line.customKill === 'feign_death' ? { feigned: true } : {}),
    ...(line.penetrated ? { penetrated: true } : {}),
    ...(line.throughSmoke ? { throughSmoke: true } : {}),
    ...(line.noScope ? { noScope: true } : {}),
    ...(line.attackerBlind ? { attackerBlind: true } : {}),
  }
}
