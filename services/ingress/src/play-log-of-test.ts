import { parseLine, toInstant } from '@hlstats/game-logs'
import { advance, singleLines } from './rules/advance.ts'
import { newGameServer, partOf, restorePart, type StateKey } from './rules/game-server.ts'
import { isPresent } from './rules/roster.ts'
import type { ServerSettings } from './rules/server-settings.ts'
import type { DraftEvent } from './rules/turn.ts'

/**
 * The events of a log by the rules alone. After every `restartEvery` lines ingress dies, and starts again
 * with what it has stored.
 */
export function playLog(
  texts: readonly string[],
  settings: ServerSettings,
  restartEvery = Number.POSITIVE_INFINITY,
): DraftEvent[] {
  const stored = new Map<StateKey, string>()
  let server = newGameServer()
  let untilRestart = restartEvery
  return texts.flatMap((text) => {
    const lines = singleLines(parseLine(text, (player) => isPresent(server, player)))
    const drafts = lines.flatMap((line) =>
      line.time === undefined ? [] : advance(server, settings, line, toInstant(line.time, 'UTC')),
    )
    for (const key of server.changed) stored.set(key, JSON.stringify(partOf(server, key)))
    server.changed.clear()
    untilRestart -= 1
    if (untilRestart <= 0) {
      server = newGameServer()
      for (const [key, value] of stored) restorePart(server, key, JSON.parse(value))
      untilRestart = restartEvery
    }
    return drafts
  })
}

/** A server that counts everything, of this mod family. */
export function openSettings(changes: Partial<ServerSettings> = {}): ServerSettings {
  return {
    serverId: 1,
    game: changes.family ?? 'cstrike',
    family: 'cstrike',
    mode: 'Normal',
    minPlayers: 0,
    ignoreBots: false,
    bonusRoundIgnore: false,
    bonusRoundSeconds: 0,
    deathmatch: false,
    actions: new Map(),
    botId: (name) => `BOT:${name}`,
    ...changes,
  }
}

/** A log line without its stamp; a number in front is the second it is logged at. */
export type LogText = string | readonly [second: number, text: string]

/** Log lines with stamps, one second apart where no second is given. */
export function stamped(texts: readonly LogText[]): string[] {
  let second = 0
  return texts.map((given) => {
    const [at, text] = typeof given === 'string' ? [second + 1, given] : given
    second = at
    const clock = new Date(Date.UTC(2026, 0, 2, 10, 0, at)).toISOString().slice(11, 19)
    return `L 01/02/2026 - ${clock}: ${text}`
  })
}
