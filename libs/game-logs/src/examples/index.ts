import type { LineKind } from '../parsed-line.ts'
import { COMBAT } from './combat.ts'
import type { Examples } from './example.ts'
import { GAME } from './game.ts'
import { PLAYERS } from './players.ts'
import { SERVER } from './server.ts'

/** Every kind with at least one line: a kind without one does not compile. */
export const EXAMPLES: Examples<LineKind> = { ...COMBAT, ...PLAYERS, ...GAME, ...SERVER }
