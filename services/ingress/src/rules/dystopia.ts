import { type LineOf, normaliseId } from '@hlstats/game-logs'
import { impliedAction } from './actions.ts'
import { everybody, type RosterEntry } from './game-server.ts'
import { cut, LIMITS } from './limits.ts'
import { type Sighting, selectRole } from './roster.ts'
import { refOf, type Turn } from './turn.ts'

/**
 * Dystopia's records name their player by his Steam id alone: they count for whoever is there. Weapon records are not
 * counted: we have no list that says which weapon a number is.
 */
export function handleDystopia(turn: Turn, { record, fields }: LineOf<'dystopiaRecord'>): void {
  if (turn.settings.family !== 'dystopia' || turn.settings.mode !== 'Normal') return
  const player = whoIs(turn, fields.steam_id ?? '')
  if (player?.entry === undefined) return
  if (record === 'weapon') return
  if (record === 'objective') impliedAction(turn, player, fields.objective ?? '')
  else changeClass(turn, player.entry, cut(fields.new_class ?? fields.class ?? '', LIMITS.role))
}

function changeClass(turn: Turn, entry: RosterEntry, role: string): void {
  if (role !== '' && role !== entry.role) selectRole(turn, entry, role)
}

function whoIs(turn: Turn, steamId: string): Sighting | undefined {
  const id = normaliseId(steamId)
  const entry = everybody(turn.server).find(({ uniqueId }) => uniqueId === id.uniqueId)
  return entry && { ref: refOf(entry), entry, identity: { ...entry, known: true } }
}
