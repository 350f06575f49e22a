import { type LineOf, normaliseId } from '@hlstats/game-logs'
import { playerKey, putPlayer, type RosterEntry, setRound } from './game-server.ts'
import type { Turn } from './turn.ts'

/** What was built under which code, and the code of tearing it down. */
type Buildings = Readonly<Record<string, { readonly kind: string; readonly built: boolean }>>

const built = (kind: string) => ({ kind, built: true })
const torn = (kind: string) => ({ kind, built: false })

const BUILDINGS: Readonly<Record<string, Buildings>> = {
  tf: {
    builtobject_obj_sentrygun: built('sentry'),
    builtobject_obj_dispenser: built('dispenser'),
    builtobject_obj_teleporter_entrance: built('entrance'),
    builtobject_obj_teleporter_exit: built('exit'),
    owner_killedobject_obj_sentrygun: torn('sentry'),
    owner_killedobject_obj_dispenser: torn('dispenser'),
    owner_killedobject_obj_teleporter_entrance: torn('entrance'),
    owner_killedobject_obj_teleporter_exit: torn('exit'),
  },
  tfc: {
    Sentry_Built_Level_1: built('sentry'),
    Built_Dispenser: built('dispenser'),
    Teleporter_Entrance_Finished: built('entrance'),
    Teleporter_Exit_Finished: built('exit'),
    Sentry_Dismantle: torn('sentry'),
    Dispenser_Dismantle: torn('dispenser'),
    Teleporter_Entrance_Dismantle: torn('entrance'),
    Teleporter_Exit_Dismantle: torn('exit'),
  },
  ff: {
    build_sentrygun: built('sentry'),
    build_dispenser: built('dispenser'),
    sentry_dismantled: torn('sentry'),
    dispenser_dismantled: torn('dispenser'),
  },
}

// Who tears down a building that stood longer than this is moving it, and is not punished.
const MOVED_AFTER_MS = 120_000
// A flag dropped this soon after a defence was dropped by dying.
const DEFENCE_MS = 1_000

const TFC_DISMANTLED: Readonly<Record<string, string>> = {
  Sentry_Destroyed: 'Sentry_Dismantle',
  Dispenser_Destroyed: 'Dispenser_Dismantle',
  Teleporter_Entrance_Destroyed: 'Teleporter_Entrance_Dismantle',
  Teleporter_Exit_Destroyed: 'Teleporter_Exit_Dismantle',
}

/** The code as the line means it, before anybody is asked: TFC logs tearing down one's own building as destroying it. */
export function loggedCode(turn: Turn, line: LineOf<'playerAction'>): string {
  const own = turn.settings.family === 'tfc' && !line.article && line.detail === ''
  return (own ? TFC_DISMANTLED[line.action] : undefined) ?? line.action
}

/** The code of the catalogue that an action counts under; undefined when it does not count at all. */
export function catalogueCode(
  turn: Turn,
  actor: RosterEntry,
  action: string,
  line?: Pick<LineOf<'playerAction'>, 'properties' | 'objectOwner'>,
): string | undefined {
  const code = action === 'kill assist' && actor.role === 'medic' ? 'kill_assist_medic' : action
  const { family } = turn.settings
  if (family === 'ns') return code + suffix(line?.properties.type)
  const full = family === 'tf' ? tfCode(turn, actor, code, line) : code
  const building = BUILDINGS[family]?.[full]
  if (building === undefined) return full
  if (building.built) {
    const latest = turn.server.roster.get(playerKey(actor)) ?? actor
    putPlayer(turn.server, { ...latest, builtAt: { ...latest.builtAt, [building.kind]: turn.at } })
    return full
  }
  return turn.at - (actor.builtAt[building.kind] ?? 0) > MOVED_AFTER_MS ? undefined : full
}

function tfCode(
  turn: Turn,
  actor: RosterEntry,
  action: string,
  line: Pick<LineOf<'playerAction'>, 'properties' | 'objectOwner'> | undefined,
): string {
  const owner = line?.objectOwner
  const own = owner !== undefined && normaliseId(owner.rawId).uniqueId === actor.uniqueId ? 'owner_' : ''
  const code = own + action + suffix(line?.properties.object) + suffix(line?.properties.event)
  if (code === 'player_extinguished') return `${actor.role}_extinguish`
  if (code === 'flagevent_defended') defend(turn, actor.team)
  if (code === 'flagevent_dropped' && wasDefended(turn, actor.team)) return 'flagevent_dropped_death'
  return code
}

function suffix(property: string | undefined): string {
  return property === undefined ? '' : `_${property.toLowerCase().replace(/\s/g, '_')}`
}

function defend(turn: Turn, team: string): void {
  const colour = team === 'Red' ? 'Red' : 'Blue'
  setRound(turn.server, { flagDefendedAt: { ...turn.server.round.flagDefendedAt, [colour]: turn.at } })
}

function wasDefended(turn: Turn, team: string): boolean {
  const other = ({ Red: 'Blue', Blue: 'Red' } as Readonly<Record<string, string>>)[team]
  if (other === undefined) return false
  const { flagDefendedAt } = turn.server.round
  const defendedAt = flagDefendedAt[other]
  if (defendedAt === undefined || turn.at - defendedAt > DEFENCE_MS) return false
  // One defence explains one drop.
  setRound(turn.server, { flagDefendedAt: { ...flagDefendedAt, [other]: 0 } })
  return true
}
