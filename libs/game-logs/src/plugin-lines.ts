import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { MatchMarkerLine } from './match-lines.ts'
import { readMarker } from './match-lines.ts'

/** `[basechat.smx] …`, `[admin.amxx] …`, `[MANI_ADMIN_PLUGIN] …`, `[BeetlesMod] …`, `[ADMIN:name] ADMIN Command: …` */
export interface AdminMessageLine extends LineBase {
  readonly kind: 'adminMessage'
  /** `basechat.smx`, `MANI_ADMIN_PLUGIN`, `ADMIN` … */
  readonly source: string
  readonly text: string
  /** Of `[ADMIN:name]`; '' elsewhere. */
  readonly playerName: string
}

/** What engine modules and other plugins say: `[META] …`, `[DPROTO]: …`, `(MOB) …`. */
export interface PluginMessageLine extends LineBase {
  readonly kind: 'pluginMessage'
  readonly source: string
  readonly text: string
}

const MARKERS = new Map([
  ['MatchZy', readMarker('MatchZy')],
  ['Get5', readMarker('Get5')],
  ['get5', readMarker('Get5')],
  ['WarMod_BFG', readMarker('WarMod')],
])

/** Reads what follows `[`: the name of who speaks, and what he says. */
export function readBracketLine(
  cursor: Cursor,
): AdminMessageLine | PluginMessageLine | MatchMarkerLine | undefined {
  const source = cursor.until(']')
  if (source === undefined || source === '') return undefined
  cursor.take(':')
  cursor.skipBlanks()
  const marker = MARKERS.get(source)
  if (marker !== undefined) return marker(cursor)
  const { time, stamp } = cursor
  const text = cursor.rest()
  if (source.startsWith('ADMIN:')) {
    return { kind: 'adminMessage', time, stamp, source: 'ADMIN', text, playerName: source.slice(6) }
  }
  const isAdmin =
    source.endsWith('.smx') ||
    source.endsWith('.amxx') ||
    source === 'MANI_ADMIN_PLUGIN' ||
    source === 'BeetlesMod'
  return isAdmin
    ? { kind: 'adminMessage', time, stamp, source, text, playerName: '' }
    : { kind: 'pluginMessage', time, stamp, source, text }
}
