import type { Database } from '@hlstats/database'
import { CATEGORY_OF, eventIdOf, type GameEvent, MESSAGE_VERSION } from '@hlstats/events'
import { type ParsedLine, parseLine, toInstant } from '@hlstats/game-logs'
import { knownServers } from '../../services/ingress/src/known-server.ts'
import { advance, type SingleLine, singleLines } from '../../services/ingress/src/rules/advance.ts'
import { type GameServer, newGameServer } from '../../services/ingress/src/rules/game-server.ts'
import { isPresent } from '../../services/ingress/src/rules/roster.ts'
import { type DraftEvent, newTurn, type Turn } from '../../services/ingress/src/rules/turn.ts'
import { ServerRepository } from '../../services/ingress/src/server.repository.ts'

// The address that the results were made with: it is part of the ids of bots.
export const SERVER = { address: '127.0.0.1', port: 27_015 }

const STREAM = 'parity'
const FIRST_LINE_AT = Date.UTC(2026, 0, 1)

/** How the log is read: as we do, or as somebody else would. */
export interface View {
  /** The lines that a line is understood as; none where it is not. */
  lines(line: ParsedLine): readonly SingleLine[]
  /** Before a line is read. */
  before(state: GameServer, at: number): void
  /** What follows from a line that was read, by its time and what it gave. */
  after(turn: Turn, drafts: readonly DraftEvent[]): readonly DraftEvent[]
}

export const PRODUCT_VIEW: View = { lines: singleLines, before: () => undefined, after: () => [] }

/** What ingress makes of a log: its parser and its rules, but no socket and no journal. */
export async function eventsOf(
  database: Database,
  lines: readonly string[],
  view: View = PRODUCT_VIEW,
  address = `${SERVER.address}:${SERVER.port}`,
): Promise<GameEvent[]> {
  const known = knownServers(await new ServerRepository(database).load()).get(address)
  if (known === undefined) throw new Error('the server is not configured')
  const state = newGameServer()
  const { serverId, game } = known.settings
  const events: GameEvent[] = []
  let sequence = 0
  const numbered = (draft: DraftEvent, at: number, lineNumber: number): GameEvent => {
    sequence += 1
    return {
      ...draft,
      eventId: eventIdOf({ stream: STREAM, serverId, sequence }),
      category: CATEGORY_OF[draft.eventType],
      version: MESSAGE_VERSION,
      timestamp: new Date(at).toISOString(),
      receivedAt: new Date(FIRST_LINE_AT + lineNumber).toISOString(),
      serverId,
      game,
      stream: STREAM,
      sequence,
      // The draft's type and data belong together; spread apart, the compiler cannot see it any more.
    } as GameEvent
  }
  for (const [index, text] of lines.entries()) {
    const parsed = parseLine(asLogged(text), (player) => isPresent(state, player))
    for (const line of view.lines(parsed)) {
      if (line.time === undefined) continue
      const at = toInstant(line.time, known.timeZone)
      view.before(state, at)
      const drafts = advance(state, known.settings, line, at)
      const later = view.after(newTurn(state, known.settings, at), drafts)
      events.push(...[...drafts, ...later].map((draft) => numbered(draft, at, index)))
    }
  }
  return events
}

/** Ends with what ingress says every five minutes: some numbers of the site are brought up to date then. */
export function withTick(events: readonly GameEvent[]): GameEvent[] {
  const last = events.at(-1)
  if (last === undefined) return []
  const sequence = last.sequence + 1
  const tick = {
    ...last,
    eventType: 'SERVER_TICK',
    category: CATEGORY_OF.SERVER_TICK,
    eventId: eventIdOf({ ...last, sequence }),
    sequence,
    counted: true,
    data: { players: 0, maxPlayers: 0 },
  } as const
  return [...events, tick]
}

const STAMP = /(?:L )?(\d\d\/\d\d\/\d{4} - \d\d:\d\d:\d\d)/

/** A few logs of the corpus have columns before the line, or were written without its `L`. */
function asLogged(line: string): string {
  const text = line.trimEnd()
  const found = STAMP.exec(text)
  return found === null ? text : `L ${text.slice(found.index).replace(/^L /, '')}`
}
