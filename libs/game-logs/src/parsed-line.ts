import type { ActionLine } from './action-lines.ts'
import type { CombatLine } from './combat-lines.ts'
import type { PresenceLine } from './presence-lines.ts'
import type { GluedLine, ServerLine } from './server-lines.ts'

/** Any line of a game server's log, discriminated by `kind`. */
export type ParsedLine = CombatLine | PresenceLine | ActionLine | ServerLine | GluedLine

export type LineKind = ParsedLine['kind']
