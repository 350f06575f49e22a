import type { EventData, EventType } from '@hlstats/events'
import type { ActionRule } from './rules/server-settings.ts'
import type { DraftEvent } from './rules/turn.ts'

/** Key → number, by table: the form in which the events of a log and the rows of the HLstatsX:CE daemon are compared. */
export type Tables = Record<string, Map<string, number>>

/** How many keys of a table differ, and by how much in sum: ours minus the daemon's. */
export type Differences = Record<string, readonly [keys: number, sum: number]>

export type GoldenRow = Readonly<Record<string, string | number>>

type Key = readonly (string | number)[]
type Entry = readonly [table: string, key: Key, count?: number]
type Actions = ReadonlyMap<string, ActionRule>
type Projections = { readonly [T in EventType]?: (data: EventData[T], actions: Actions) => readonly Entry[] }

const PROJECTIONS: Projections = {
  PLAYER_KILL: (data, actions) => {
    if (data.feigned === true) return []
    const { killer, victim, weapon, headshot } = data
    const frag: Entry = ['frags', [killer.uniqueId, victim.uniqueId, weapon, Number(headshot)]]
    const paid = data.headshotPaid !== true && actions.get('headshot')?.forPlayer === true
    return [
      frag,
      ['kills', [killer.uniqueId]],
      ['deaths', [victim.uniqueId]],
      ['headshots', [killer.uniqueId], Number(headshot)],
      ['playerActions', [killer.uniqueId, 'headshot'], Number(headshot && paid)],
    ]
  },
  PLAYER_TEAMKILL: ({ killer, victim, weapon }) => [
    ['teamkills', [killer.uniqueId, victim.uniqueId, weapon]],
  ],
  PLAYER_SUICIDE: ({ player, weapon }) => [['suicides', [player.uniqueId, weapon]]],
  PLAYER_CONNECT: ({ player }) => [['connects', [player.uniqueId]]],
  PLAYER_ENTRY: ({ player }) => [['entries', [player.uniqueId]]],
  PLAYER_DISCONNECT: ({ player, inferred, reason }) =>
    !inferred || reason === 'reconnected' ? [['disconnects', [player.uniqueId]]] : [],
  PLAYER_CHANGE_TEAM: ({ player }) => [['changeTeam', [player.uniqueId]]],
  PLAYER_CHANGE_ROLE: ({ player }) => [['changeRole', [player.uniqueId]]],
  PLAYER_CHANGE_NAME: ({ player }) => [['changeName', [player.uniqueId]]],
  CHAT_MESSAGE: ({ player, mode, command }) => (command ? [] : [['chat', [player.uniqueId, mode]]]),
  WEAPON_STATS: ({ player, weapon, shots, hits }) => [
    ['shots', [player.uniqueId, weapon], shots],
    ['hits', [player.uniqueId, weapon], hits],
  ],
  ACTION_PLAYER: ({ player, action }, actions) =>
    actions.get(action)?.forPlayer === true ? [['playerActions', [player.uniqueId, action]]] : [],
  ACTION_PLAYER_PLAYER: ({ player, victim, action }, actions) => {
    // paid-once in docs/parity.md: the daemon pays the player's own action of such a line once more.
    const again = action === 'kill assist' && player.role === 'medic' ? 'kill_assist_medic' : action
    return [
      [
        'playerPlayerActions',
        [player.uniqueId, victim.uniqueId, action],
        Number(actions.get(action)?.forPlayerPlayer),
      ],
      ['playerActions', [player.uniqueId, again], Number(actions.get(again)?.forPlayer)],
    ]
  },
}

/** What the events of a log say, counted. */
export function tablesOfEvents(drafts: readonly DraftEvent[], actions: Actions): Tables {
  const tables: Tables = {}
  for (const draft of drafts) {
    if (draft.eventType === 'PLAYER_SEEN') put(tables, ['players', [draft.data.player.uniqueId]], 'once')
    if (draft.counted === true) for (const entry of entriesOf(draft, actions)) put(tables, entry)
  }
  return tables
}

function entriesOf({ eventType, data }: DraftEvent, actions: Actions): readonly Entry[] {
  const project = PROJECTIONS[eventType] as
    | ((data: unknown, actions: Actions) => readonly Entry[])
    | undefined
  const members = 'members' in data ? (data.members ?? []) : []
  const action = 'action' in data ? data.action : ''
  const bonuses = members.map(({ uniqueId }): Entry => ['teamBonuses', [uniqueId, action]])
  return [...(project?.(data, actions) ?? []), ...bonuses]
}

const GOLDEN_KEYS: Readonly<
  Record<string, readonly [from: string, columns: readonly string[], count: string]>
> = {
  kills: ['players', ['uniqueId'], 'kills'],
  deaths: ['players', ['uniqueId'], 'deaths'],
  headshots: ['players', ['uniqueId'], 'headshots'],
  frags: ['frags', ['killer', 'victim', 'weapon', 'headshot'], 'count'],
  teamkills: ['teamkills', ['killer', 'victim', 'weapon'], 'count'],
  suicides: ['suicides', ['player', 'weapon'], 'count'],
  connects: ['connects', ['player'], 'count'],
  entries: ['entries', ['player'], 'count'],
  disconnects: ['disconnects', ['player'], 'count'],
  changeTeam: ['changeTeam', ['player'], 'count'],
  changeRole: ['changeRole', ['player'], 'count'],
  changeName: ['changeName', ['player'], 'count'],
  chat: ['chat', ['player', 'mode'], 'count'],
  shots: ['statsme', ['player', 'weapon'], 'shots'],
  hits: ['statsme', ['player', 'weapon'], 'hits'],
  playerActions: ['playerActions', ['player', 'action'], 'count'],
  playerPlayerActions: ['playerPlayerActions', ['player', 'victim', 'action'], 'count'],
  teamBonuses: ['teamBonuses', ['player', 'action'], 'count'],
}

/** The same tables from the daemon's rows. Streaks are left out: they are the player service's to find. */
export function tablesOfGolden(golden: Readonly<Record<string, readonly GoldenRow[]>>): Tables {
  const tables: Tables = {}
  for (const { uniqueId } of golden.players ?? []) put(tables, ['players', [uniqueId ?? '']], 'once')
  for (const [table, [from, columns, count]] of Object.entries(GOLDEN_KEYS)) {
    for (const row of golden[from] ?? []) {
      if (String(row.action).startsWith('kill_streak_')) continue
      put(tables, [table, columns.map((column) => row[column] ?? ''), Number(row[count])])
    }
  }
  return tables
}

function put(tables: Tables, [name, parts, count = 1]: Entry, once?: 'once'): void {
  const counts = tables[name] ?? new Map<string, number>()
  tables[name] = counts
  const key = parts.join(' · ')
  if (count > 0) counts.set(key, once === undefined ? (counts.get(key) ?? 0) + count : count)
}

function* rowsThatDiffer(
  ours: Tables,
  legacy: Tables,
): Generator<[name: string, key: string, a: number, b: number]> {
  for (const name of new Set([...Object.keys(ours), ...Object.keys(legacy)])) {
    const [a, b] = [ours[name] ?? new Map<string, number>(), legacy[name] ?? new Map<string, number>()]
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      if (a.get(key) !== b.get(key)) yield [name, key, a.get(key) ?? 0, b.get(key) ?? 0]
    }
  }
}

export function differencesOf(ours: Tables, legacy: Tables): Differences {
  const differences: Record<string, [number, number]> = {}
  for (const [name, , a, b] of rowsThatDiffer(ours, legacy)) {
    const [keys, sum] = differences[name] ?? [0, 0]
    differences[name] = [keys + 1, sum + a - b]
  }
  return differences
}

/** Every difference in words. */
export function differencesInWords(ours: Tables, legacy: Tables): string {
  const rows = [...rowsThatDiffer(ours, legacy)].map(
    ([name, key, a, b]) => `${name}: ${key}: ours ${a}, the daemon's ${b}`,
  )
  return `what differs:\n  ${rows.join('\n  ')}\n`
}
