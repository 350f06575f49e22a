import { type GameEvent, playersOf } from '@hlstats/events'
import { type Difference, type Sections, valueAt } from './compare.ts'
import { legacyRounds } from './legacy-rounds.ts'

/** What a rule may look at to explain a difference. */
export interface Evidence {
  readonly golden: Sections
  /** Our results, one for each time the original may have looked for silent players. */
  readonly runs: readonly Sections[]
  readonly events: readonly GameEvent[]
  readonly ignoreBots: boolean
  /** Weapons that got a row because somebody used them. */
  readonly discovered: ReadonlySet<string>
  /** Lines of chat that are no UTF-8: the original's database refuses them. */
  readonly unreadableChat: number
}

/** A decision of docs/parity.md that shows in the tables themselves, and nowhere else than it may. */
export interface Explanation {
  readonly decision: string
  readonly explains: (difference: Difference, evidence: Evidence) => boolean
}

const sum = (rows: Sections[string] | undefined, weapon: string, headshots: boolean) =>
  (rows ?? [])
    .filter((row) => row.weapon === weapon && (!headshots || row.headshot === 1))
    .reduce((total, row) => total + Number(row.count), 0)

/** The weapon's row says what the original's own frags and team kills add up to. */
const unlistedWeapon: Explanation = {
  decision: 'unlisted-weapons',
  explains: ({ section, key, field, golden, ours }, { golden: sections, discovered }) => {
    if (section !== 'weapons' || golden !== undefined || !discovered.has(key)) return false
    if (field === 'headshots') return Number(ours) >= sum(sections.frags, key, true)
    return Number(ours) === sum(sections.frags, key, false) + sum(sections.teamkills, key, false)
  },
}

const hltv: Explanation = {
  decision: 'hltv-is-no-player',
  explains: ({ section, key, field, golden, ours }, { golden: sections }) => {
    const counted = (sections.players ?? []).filter(({ uniqueId }) => uniqueId === 'HLTV').length
    if (section === 'server' && field === 'players')
      return counted > 0 && Number(golden) - Number(ours) === counted
    return key === 'HLTV' && ours === undefined
  },
}

const emptyHistory: Explanation = {
  decision: 'no-history-of-ignored-bots',
  explains: ({ section, key, field, golden, ours }, { ignoreBots }) =>
    section === 'history' &&
    ignoreBots &&
    key.startsWith('BOT:') &&
    ours === undefined &&
    Number(golden) === (field === 'skill' ? 1000 : 0),
}

/** What the original counts of rounds follows from the lines, by its own rule. */
const rounds: Explanation = {
  decision: 'rounds-and-bombs',
  explains: ({ section, field, golden }, { events }) =>
    section === 'server' && legacyRounds(events)[field] === Number(golden),
}

/** The value lies between those of the soonest and the latest time at which silent players may have been taken out. */
const idleTime: Explanation = {
  decision: 'silent-players',
  explains: ({ section, key, field, golden }, { runs }) => {
    const values = runs.map((run) => Number(valueAt(run, { section, key, field }) ?? 0))
    const value = Number(golden ?? 0)
    return Math.min(...values) <= value && value <= Math.max(...values)
  },
}

// It flushes at the 11th row.
const ROWS_OF_AN_INSERT = 11

/** One refused row takes the whole insert with it. */
const lostInsert: Explanation = {
  decision: 'no-row-is-lost-with-another',
  explains: ({ section, golden, ours }, { golden: sections, runs, unreadableChat }) => {
    if (section !== 'chat' || Number(golden ?? 0) > Number(ours ?? 0)) return false
    const total = (rows: Sections[string] | undefined) =>
      (rows ?? []).reduce((all, row) => all + Number(row.count), 0)
    const lost = total(runs[0]?.chat) - total(sections.chat)
    return lost > 0 && lost <= unreadableChat * ROWS_OF_AN_INSERT
  },
}

/**
 * A log whose players have all been given one id: each line sends the player of the line before away, and the original
 * counts on for objects that are gone. Nothing but this player and the sums over him may differ.
 */
const oneId: Explanation = {
  decision: 'one-id-one-player',
  explains: ({ section, key, golden, ours }, { events }) => {
    const himself = events.filter(
      (event) =>
        event.eventType === 'PLAYER_KILL' && event.data.killer.uniqueId === event.data.victim.uniqueId,
    )
    const ids = new Set(himself.flatMap((event) => playersOf(event).map(({ uniqueId }) => uniqueId)))
    if (key.split(' | ').some((part) => ids.has(part))) return true
    const sums = ['mapsCounts', 'weapons', 'roles', 'server'].includes(section)
    return sums && Math.abs(Number(golden) - Number(ours)) <= himself.length
  },
}

export const EXPLANATIONS: readonly Explanation[] = [
  unlistedWeapon,
  hltv,
  emptyHistory,
  rounds,
  lostInsert,
  oneId,
  idleTime,
]
