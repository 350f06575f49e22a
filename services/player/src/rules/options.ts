import { isTimeZone } from '@hlstats/events'
import type { SkillOptions } from './skill.ts'

/** What the daemon's global options say about counting. */
export interface GlobalOptions {
  readonly skill: Omit<SkillOptions, 'skillMode'>
  readonly logChat: boolean
  readonly logChatOfAdmins: boolean
  /** Commands to servers are kept, but for those that a machine gives itself. */
  readonly recordRcon: boolean
  readonly ignoreOwnRcon: boolean
  /** Who is banned for ever on one server is banned from the ranking. */
  readonly globalBanning: boolean
  /** Whose days and hours the event tables show. */
  readonly timeZone: string
}

/** What the options of one game server say about counting. */
export interface ServerOptions {
  readonly skillMode: number
  readonly suicidePenalty: number
  readonly teamkillPenalty: number
  readonly ignoreBots: boolean
  /** Fewer players in teams than this, and nothing scores. */
  readonly minPlayers: number
  /** Nothing scores between the end of a round and the next start. */
  readonly bonusRoundIgnore: boolean
  /** The game server's own, as the table has it. */
  readonly address: string
  /** Unique ids, without `STEAM_n:`. */
  readonly admins: ReadonlySet<string>
}

type Values = ReadonlyMap<string, string>

/** Reads numbers from an option table and remembers, in words for an operator, what it could not use. */
class OptionReader {
  readonly problems: string[] = []
  readonly #values: Values
  readonly #owner: string

  constructor(values: Values, owner: string) {
    this.#values = values
    this.#owner = owner
  }

  number(name: string, fallback: number): number {
    const text = this.#values.get(name)?.trim() ?? ''
    if (text === '') return fallback
    const value = Number(text)
    if (Number.isFinite(value)) return value
    this.problems.push(`${this.#owner} option ${name} is "${text}", not a number: ${fallback} is used`)
    return fallback
  }

  /** A number for which values below the minimum have no meaning. */
  atLeast(minimum: number, name: string, fallback: number): number {
    const value = this.number(name, fallback)
    if (value >= minimum) return value
    this.problems.push(`${this.#owner} option ${name} is ${value}, below ${minimum}: ${fallback} is used`)
    return fallback
  }

  flag(name: string, fallback: boolean): boolean {
    return this.number(name, fallback ? 1 : 0) !== 0
  }

  timeZone(name: string): string {
    const zone = this.text(name).trim()
    if (zone === '' || isTimeZone(zone)) return zone || 'UTC'
    this.problems.push(`${this.#owner} option ${name} is "${zone}", no time zone: UTC is used`)
    return 'UTC'
  }

  text(name: string): string {
    return this.#values.get(name) ?? ''
  }
}

export interface Parsed<T> {
  readonly options: T
  readonly problems: readonly string[]
}

/** The global options, with the daemon's own value where the table has none. */
export function globalOptions(values: Values): Parsed<GlobalOptions> {
  const read = new OptionReader(values, 'global')
  const options = {
    skill: {
      minChange: read.number('SkillMinChange', 2),
      maxChange: read.number('SkillMaxChange', 100),
      ratioCap: read.number('SkillRatioCap', 0),
      minKills: read.number('PlayerMinKills', 50),
    },
    logChat: read.flag('LogChat', false),
    logChatOfAdmins: read.flag('LogChatAdmins', false),
    recordRcon: read.flag('RconRecord', true),
    ignoreOwnRcon: read.flag('RconIgnoreSelf', false),
    globalBanning: read.flag('GlobalBanning', false),
    timeZone: read.timeZone('TimeZone'),
  }
  return { options, problems: read.problems }
}

const SKILL_MODES = [0, 1, 2, 3, 4, 5]

/** The options of one server, with the daemon's own value where the table has none. */
export function serverOptions(values: Values, server: string, address = ''): Parsed<ServerOptions> {
  const read = new OptionReader(values, server)
  const skillMode = read.number('SkillMode', 0)
  const problems = SKILL_MODES.includes(skillMode)
    ? []
    : [`${server} option SkillMode is ${skillMode}, not 0 to 5: the victim loses all that the killer wins`]
  const options = {
    skillMode,
    suicidePenalty: read.atLeast(0, 'SuicidePenalty', 0),
    teamkillPenalty: read.atLeast(0, 'TKPenalty', 0),
    ignoreBots: read.flag('IgnoreBots', true),
    minPlayers: read.number('MinPlayers', 6),
    bonusRoundIgnore: read.flag('BonusRoundIgnore', false),
    address,
    admins: new Set(
      read
        .text('Admins')
        .split(',')
        .map((id) => id.trim().replace(/^STEAM_\d+:/, ''))
        .filter((id) => id !== ''),
    ),
  }
  return { options, problems: [...problems, ...read.problems] }
}
