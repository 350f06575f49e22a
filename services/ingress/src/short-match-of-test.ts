import type { Database } from '@hlstats/database'
import type { GameEvent } from '@hlstats/events'
import { type LogText, openSettings, playLog } from './play-log-of-test.ts'

export const AL = 'Al<2><STEAM_1:0:111><CT>'
const BO = 'Bo<3><STEAM_1:0:222><TERRORIST>'

/** A short match: everything in it depends on lines before it. */
export const MATCH: readonly LogText[] = [
  'Loading map "de_nuke"',
  'Started map "de_nuke" (CRC "1")',
  '"Al<2><STEAM_ID_PENDING><>" connected, address "10.1.2.3:27005"',
  '"Al<2><STEAM_1:0:111><>" entered the game',
  '"Al<2><STEAM_1:0:111><>" joined team "CT"',
  '"Bo<3><STEAM_1:0:222><>" joined team "TERRORIST"',
  'World triggered "Round_Start"',
  `"${AL}" triggered "headshot"`,
  'World triggered "killlocation" (attacker_position "1 2 3") (victim_position "4 5 6")',
  `"${AL}" killed "${BO}" with "ak47"`,
  'Team "CT" triggered "CTs_Win" (CT "1") (T "0")',
  'World triggered "Round_End"',
  `"${AL}" killed "${BO}" with "knife"`,
  'World triggered "Round_Start"',
  `"${BO}" killed "${AL}" with "usp"`,
  '"Bo<3><STEAM_1:0:222><TERRORIST>" joined team "CT"',
  '"Bo<3><STEAM_1:0:222><CT>" committed suicide with "world"',
  '"Bo<3><STEAM_1:0:222><CT>" disconnected (reason "bye")',
]

/** What an event says, without what is different in each run. */
export const said = ({
  eventType,
  data,
  counted,
  map,
  playerCount,
}: GameEvent | ReturnType<typeof playLog>[number]) => ({
  eventType,
  data,
  counted,
  map,
  playerCount,
})

/** What the rules alone make of these lines. */
export async function expectedEvents(database: Database, texts: readonly string[]) {
  const rows = await database.query<{ code: string; reward: number; team: string; f: string }>(
    "SELECT code, reward_team AS reward, team, for_PlayerActions AS f FROM hlstats_Actions WHERE game = 'cstrike'",
  )
  const actions = new Map(
    rows.map(({ code, reward, team, f }) => [
      code,
      {
        rewardTeam: reward,
        team,
        forPlayer: f === '1',
        forPlayerPlayer: false,
        forTeam: f !== '1',
        forWorld: false,
      },
    ]),
  )
  return playLog(texts, openSettings({ bonusRoundIgnore: true, actions })).map(said)
}
