import type { LineKind } from '../parsed-line.ts'

/** A line of a kind, its stamp left out, and what must be read from it at least. */
export interface Example {
  readonly line: string
  readonly is: object
}

export type Examples<K extends LineKind> = { readonly [kind in K]: readonly Example[] }

/** A player of the examples, as he is written and as he is read. */
export const AL = '"Al<2><STEAM_1:0:111><CT>"'
export const BO = '"Bo<3><[U:1:223]><TERRORIST>"'
export const BOT = '"Vinny<4><BOT><TERRORIST>"'
export const RED = '"Rita<5><[U:1:500]><Red>"'
export const BLU = '"Blaise<6><[U:1:501]><Blue>"'
export const al = { name: 'Al', uid: 2, rawId: 'STEAM_1:0:111', team: 'CT', role: '' }
export const bo = { name: 'Bo', uid: 3, rawId: '[U:1:223]', team: 'TERRORIST', role: '' }
export const bot = { name: 'Vinny', uid: 4, rawId: 'BOT', team: 'TERRORIST' }
export const red = { name: 'Rita', uid: 5, rawId: '[U:1:500]', team: 'Red' }
export const blu = { name: 'Blaise', uid: 6, rawId: '[U:1:501]', team: 'Blue' }

/** L4D's survivor and infected with all their groups. */
export const ZOE =
  '"Zoe<7><STEAM_1:1:700><Survivor><TeenGirl><ALIVE><80+12><setpos_exact -10.50 20.25 30.00; setang 0.00 1.00 0.00><Area 97>"'
export const TANK =
  '"Tank<8><BOT><Infected><TANK><DEAD><1+0><setpos 1.00 2.00 3.00; setang 0.00 0.00 0.00><Area 12>"'
export const zoe = {
  name: 'Zoe',
  uid: 7,
  rawId: 'STEAM_1:1:700',
  team: 'Survivor',
  role: 'TeenGirl',
  survivor: { condition: 'ALIVE', health: 80, bonusHealth: 12, area: 97 },
}
export const tank = { name: 'Tank', uid: 8, rawId: 'BOT', team: 'Infected', role: 'TANK' }
