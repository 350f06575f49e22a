import { assertEvent, CATEGORY_OF, eventIdOf, type GameEvent, MESSAGE_VERSION } from '@hlstats/events'
import { runModules, type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EXAMPLES } from '../libs/game-logs/src/examples/index.ts'
import { openSettings, playLog } from '../services/ingress/src/play-log-of-test.ts'
import type { ActionRule } from '../services/ingress/src/rules/server-settings.ts'
import type { DraftEvent } from '../services/ingress/src/rules/turn.ts'
import { matchModules } from '../services/match/src/service.ts'
import { playerModules } from '../services/player/src/service.ts'
import { weaponModules } from '../services/weapon/src/service.ts'

const STAMP = 'L 01/02/2026 - 10:00:00: '
// Sums of the first overflow what a single one does not.
const NUMBERS = ['-1', '2147483647', '4294967296', '9999999999', '1e308', '9'.repeat(25), '9'.repeat(400)]
const REPEATS = 4
// What a batch sums up of a stay is written at its end: there are ends everywhere.
const BATCH = 100
const BONUS =
  '"Al<2><STEAM_1:0:111><CT>" triggered "Planted_The_Bomb" (hlx_player_bonuspoints "5") (hlx_team_bonuspoints "-5")'
const FAMILIES = ['cstrike', 'tf', 'cs2', 'l4d']
const SERVICES = { player: playerModules, weapon: weaponModules, match: matchModules }
const EVERYTHING: ActionRule = {
  rewardTeam: 1,
  team: '',
  forPlayer: true,
  forPlayerPlayer: true,
  forTeam: true,
  forWorld: true,
}

let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
})

afterAll(() => test.drop())

/** Every example of a log line, and the same with another number in each place where it has one. */
function linesWithAnyNumber(): string[] {
  const examples = Object.values(EXAMPLES).flatMap((ofKind) => ofKind.map(({ line }) => line))
  const lines = [BONUS, ...examples]
  return lines.flatMap((line) => {
    const places = [...line.matchAll(/-?\d+(\.\d+)?/g)]
    const variants = places.flatMap(({ index, 0: found }) =>
      NUMBERS.map((number) => line.slice(0, index) + number + line.slice(index + found.length)),
    )
    return [line, ...variants].flatMap((text) => Array<string>(REPEATS).fill(STAMP + text))
  })
}

function numbered(draft: DraftEvent, serverId: number, sequence: number): GameEvent {
  const moment = '2026-01-02T10:00:00.000Z'
  const place = { stream: 's', serverId, sequence }
  const event = {
    eventId: eventIdOf(place),
    category: CATEGORY_OF[draft.eventType],
    version: MESSAGE_VERSION,
    timestamp: moment,
    receivedAt: moment,
    game: FAMILIES[serverId - 1],
    ...place,
    ...draft,
  }
  // As it comes out of the queue.
  return JSON.parse(JSON.stringify(event)) as GameEvent
}

it.each(FAMILIES)('no number in a line of %s makes an event that a service cannot take', async (family) => {
  const serverId = FAMILIES.indexOf(family) + 1
  await test.database.execute(
    "INSERT INTO hlstats_Servers (serverId, address, port, name, game) VALUES (?, '127.0.0.1', ?, 'any', ?)",
    [serverId, serverId, family],
  )
  const codes = await test.database.query<{ code: string }>(
    'SELECT code FROM hlstats_Actions WHERE game = ?',
    [family],
  )
  const actions = new Map(codes.map(({ code }) => [code, EVERYTHING]))
  const drafts = playLog(linesWithAnyNumber(), openSettings({ serverId, game: family, family, actions }))
  const events = drafts.map((draft, index) => numbered(draft, serverId, index + 1))
  expect(events.length).toBeGreaterThan(1_000)
  for (const event of events) assertEvent(event)
  for (const modules of Object.values(SERVICES)) {
    const run = await runModules(test.database, modules)
    for (let from = 0; from < events.length; from += BATCH) await run.apply(events.slice(from, from + BATCH))
  }
})
