import { formatLeaderboard, type LeaderboardRow } from '../../cli/src/leaderboard.ts'
import { asciiOnly, cut, printable } from '../../cli/src/terminal-text.ts'
import { textTable } from '../../cli/src/text-table.ts'
import type { Growth } from './metrics-page.ts'

export interface ServerLine {
  readonly address: string
  readonly name: string
  readonly game: string
  readonly map: string
  readonly players: number
  readonly killsPerMinute: number
  readonly kills: number
}

/** All that the screen shows. */
export interface ScreenState {
  readonly mode: string
  readonly upSeconds: number
  /** Why something is not ready or cannot be seen; empty when all is well. */
  readonly problems: readonly string[]
  readonly killsPerMinute: number
  readonly eventsPerSecond: number
  /** From the line received to its effects committed; undefined while nothing comes. */
  readonly age: Growth | undefined
  /** Records in the journal that are not committed, or not confirmed by the broker. */
  readonly backlog: number
  readonly parked: number
  readonly servers: readonly ServerLine[]
  readonly unknownSenders: ReadonlyArray<{ readonly address: string; readonly count: number }>
  /** Datagrams and events not taken since the start, by reason. */
  readonly drops: ReadonlyArray<readonly [reason: string, count: number]>
  readonly leaderboards: ReadonlyArray<{ readonly game: string; readonly rows: readonly LeaderboardRow[] }>
  /** What was said lately, the newest last. */
  readonly said: readonly string[]
  /** Where game servers send to. */
  readonly udpPort: string
}

export interface ScreenSize {
  readonly columns: number
  readonly rows: number
  readonly colour: boolean
  readonly unicode: boolean
}

type Style = 'plain' | 'title' | 'faint' | 'warning'

interface Line {
  readonly text: string
  readonly style: Style
}

interface Section {
  readonly lines: readonly Line[]
  /** As many as it gets before others get more. */
  readonly least: number
}

const SGR: Readonly<Record<Style, string>> = { plain: '', title: '1', faint: '2', warning: '33' }
const MOST_SENDERS = 3
const NAME_COLUMNS = 28

/** The lines of one picture: never more rows, never wider than the terminal. */
export function frame(state: ScreenState, size: ScreenSize): string[] {
  const { rows } = size
  const head = headOf(state)
  const warnings = section(warningsOf(state), 4)
  const servers = section(serversOf(state), 4)
  const leaders = section(leadersOf(state), 6)
  const said = section(saidOf(state), 3)
  const granted = share([warnings, servers, leaders, said], rows - head.length)
  const shown = [warnings, servers, leaders, said].flatMap(({ lines }, index) => {
    const kept = granted[index] ?? 0
    // What was said last counts, of everything else what comes first.
    return lines === said.lines && kept > 0
      ? [...lines.slice(0, 1), ...lines.slice(1).slice(-(kept - 1) || lines.length)]
      : lines.slice(0, kept)
  })
  return [...head, ...shown].slice(0, Math.max(0, rows)).map((line) => paint(line, size))
}

function section(lines: readonly Line[], least: number): Section {
  return { lines, least }
}

/** Everybody gets the least first, in this order; then, in the same order, as much as is left. */
function share(sections: readonly Section[], rows: number): number[] {
  let left = Math.max(0, rows)
  const granted = sections.map(({ lines, least }) => {
    const got = Math.min(lines.length, least, left)
    left -= got
    return got
  })
  return granted.map((got, index) => {
    const more = Math.min((sections[index]?.lines.length ?? 0) - got, left)
    left -= more
    return got + more
  })
}

function headOf(state: ScreenState): Line[] {
  const { mode, upSeconds, problems, age, backlog, parked } = state
  const how = problems.length === 0 ? 'ready' : 'NOT READY'
  const numbers = [
    `kills/min ${Math.round(state.killsPerMinute)}`,
    `events/s ${Math.round(state.eventsPerSecond)}`,
    age === undefined ? 'age -' : `age ${seconds(age.mean)} (p99 ≤ ${seconds(age.p99)})`,
    `journal backlog ${backlog}`,
    `parked ${parked}`,
  ]
  return [
    { text: `HLStats ${mode} · ${how} · up ${clock(upSeconds)} · Ctrl-C stops it`, style: 'title' },
    { text: numbers.join('   '), style: problems.length === 0 ? 'plain' : 'warning' },
  ]
}

function warningsOf({ problems, unknownSenders, drops, parked }: ScreenState): Line[] {
  const shown = unknownSenders.slice(0, MOST_SENDERS)
  const more = unknownSenders.length - shown.length
  const texts = [
    ...problems.map(printable),
    ...shown.flatMap(({ address, count }) => [
      `${printable(address)} sends and is not registered (${count} times)`,
      `  npm run hlstats -- servers add ${printable(address)} --game <code>`,
    ]),
    ...(more > 0 ? [`${more} more senders are not registered`] : []),
    ...(parked > 0 ? [`${parked} events are parked: npm run hlstats -- parked list`] : []),
    ...(drops.length > 0
      ? [`dropped since the start: ${drops.map(([reason, count]) => `${reason} ${count}`).join(', ')}`]
      : []),
  ]
  return texts.map((text) => ({ text: `! ${text}`, style: 'warning' }))
}

function serversOf({ servers, udpPort }: ScreenState): Line[] {
  if (servers.length === 0) {
    return [
      rule('servers'),
      { text: 'none is registered: npm run hlstats -- servers add <ip:port> --game <code>', style: 'plain' },
      { text: `and on the game server: log on, logaddress_add <this machine>:${udpPort}`, style: 'plain' },
      { text: 'CS2 posts its log: servers add <ip:port> --game cs2 --http-token says where', style: 'plain' },
    ]
  }
  const titles = ['Server', 'Map', 'Players', 'Kills/min', 'Kills', 'Game', 'Address']
  const columns = titles.map((title) => ({ title, right: ['Players', 'Kills/min', 'Kills'].includes(title) }))
  const cells = servers.map((server) => [
    cut(printable(server.name), NAME_COLUMNS),
    server.map,
    server.players,
    Math.round(server.killsPerMinute),
    server.kills,
    server.game,
    server.address,
  ])
  return [rule('servers'), ...tableLines(textTable(columns, cells))]
}

function leadersOf({ leaderboards }: ScreenState): Line[] {
  return leaderboards
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ game, rows }) => {
      const named = rows.map((row) => ({ ...row, name: cut(printable(row.name), NAME_COLUMNS) }))
      return [rule(`best players of ${game}`), ...tableLines(formatLeaderboard(named))]
    })
}

function saidOf({ said }: ScreenState): Line[] {
  if (said.length === 0) return []
  return [rule('log'), ...said.map((text): Line => ({ text: printable(text), style: 'plain' }))]
}

function tableLines(table: string): Line[] {
  return table.split('\n').map((text, index) => ({ text, style: index === 0 ? 'faint' : 'plain' }))
}

function rule(title: string): Line {
  return { text: `─── ${title} `, style: 'faint' }
}

function paint({ text, style }: Line, { columns, colour, unicode }: ScreenSize): string {
  const whole = text.startsWith('───') ? text + '─'.repeat(Math.max(0, columns - 1 - text.length)) : text
  // A character in the last column leaves the cursor behind it, on this line or the next: terminals differ.
  const fitting = cut(whole, columns - 1)
  const shown = unicode ? fitting : asciiOnly(fitting)
  const code = SGR[style]
  return colour && code !== '' ? `\u001b[${code}m${shown}\u001b[0m` : shown
}

function seconds(value: number): string {
  if (!Number.isFinite(value)) return '? s'
  return value < 1 ? `${Math.max(1, Math.round(value * 1_000))} ms` : `${value.toFixed(1)} s`
}

function clock(upSeconds: number): string {
  const [hours, minutes] = [Math.floor(upSeconds / 3_600), Math.floor(upSeconds / 60) % 60]
  return [hours, minutes, Math.floor(upSeconds) % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
