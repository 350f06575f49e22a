import { isTimeZone } from '@hlstats/events'
import type { ServerSettings, TrackingMode } from './rules/server-settings.ts'

/** What the options of one game server say, and in words for an operator what they say in vain. */
export interface ServerOptions {
  readonly settings: Pick<
    ServerSettings,
    'minPlayers' | 'ignoreBots' | 'bonusRoundIgnore' | 'bonusRoundSeconds' | 'deathmatch'
  >
  readonly timeZone: string
  readonly problems: readonly string[]
}

// What HLstatsX:CE takes where a server has no row of its own.
const FALLBACKS = {
  MinPlayers: 6,
  IgnoreBots: 1,
  BonusRoundIgnore: 0,
  BonusRoundTime: 0,
  GameType: 0,
} as const

/** Reads a server's options: their names compare as the database compares them, without case. */
export function serverOptions(
  values: ReadonlyMap<string, string>,
  server: string,
  timeZone: string,
): ServerOptions {
  const problems: string[] = []
  const number = (name: keyof typeof FALLBACKS): number => {
    const text = values.get(name.toLowerCase())?.trim() ?? ''
    const value = text === '' ? FALLBACKS[name] : Number(text)
    if (Number.isFinite(value) && value >= 0) return value
    problems.push(
      `${server} option ${name} is "${text}", not a number of 0 or more: ${FALLBACKS[name]} is used`,
    )
    return FALLBACKS[name]
  }
  const gameType = number('GameType')
  if (gameType > 1) problems.push(`${server} option GameType is ${gameType}, not 0 or 1: 0 is used`)
  const zone = values.get('timezone')?.trim() || timeZone
  if (!isTimeZone(zone)) problems.push(`${server} option TimeZone is "${zone}", no time zone: UTC is used`)
  const settings = {
    minPlayers: number('MinPlayers'),
    ignoreBots: number('IgnoreBots') > 0,
    bonusRoundIgnore: number('BonusRoundIgnore') > 0,
    bonusRoundSeconds: number('BonusRoundTime'),
    deathmatch: gameType === 1,
  }
  return { settings, timeZone: isTimeZone(zone) ? zone : 'UTC', problems }
}

const MODES: readonly TrackingMode[] = ['Normal', 'NameTrack', 'LAN']

/** How players are told apart, in all games. */
export function trackingMode(value: string | undefined): { mode: TrackingMode; problems: readonly string[] } {
  const mode = MODES.find((known) => known === (value || 'Normal'))
  if (mode !== undefined) return { mode, problems: [] }
  const problem = `global option Mode is "${value}", not ${MODES.join(', ')}: Normal is used`
  return { mode: 'Normal', problems: [problem] }
}
