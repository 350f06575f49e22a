import type { Database } from '@hlstats/database'
import type { Row } from './golden.ts'

const PLAYER = (column: string, name: string) =>
  `(SELECT MIN(u.uniqueId) FROM hlstats_PlayerUniqueIds u WHERE u.playerId = e.${column}) AS ${name}`

const counted = (table: string, columns: string, group: string) =>
  `SELECT ${columns}, COUNT(*) AS count FROM hlstats_Events_${table} e GROUP BY ${group}`

const ofPlayer = (table: string) => counted(table, PLAYER('playerId', 'player'), 'e.playerId')

const withAction = (table: string, players: string, group: string) =>
  `SELECT ${players}, a.code AS action, COUNT(*) AS count, SUM(e.bonus) AS bonus
     FROM hlstats_Events_${table} e JOIN hlstats_Actions a ON a.id = e.actionId GROUP BY ${group}, a.code`

/** Section → the statement that reads it in the shape of the golden results. */
const SECTIONS: Readonly<Record<string, string>> = {
  players: `SELECT u.uniqueId, p.lastName AS name, p.kills, p.deaths, p.suicides, p.teamkills, p.headshots, p.skill,
      p.kill_streak AS killStreak, p.death_streak AS deathStreak, p.shots, p.hits, p.hideranking
    FROM hlstats_Players p JOIN hlstats_PlayerUniqueIds u USING (playerId)`,
  frags: counted(
    'Frags',
    `${PLAYER('killerId', 'killer')}, ${PLAYER('victimId', 'victim')}, e.weapon, e.headshot, e.map`,
    'e.killerId, e.victimId, e.weapon, e.headshot, e.map',
  ),
  teamkills: counted(
    'Teamkills',
    `${PLAYER('killerId', 'killer')}, ${PLAYER('victimId', 'victim')}, e.weapon`,
    'e.killerId, e.victimId, e.weapon',
  ),
  suicides: counted('Suicides', `${PLAYER('playerId', 'player')}, e.weapon`, 'e.playerId, e.weapon'),
  playerActions: withAction('PlayerActions', PLAYER('playerId', 'player'), 'e.playerId'),
  playerPlayerActions: withAction(
    'PlayerPlayerActions',
    `${PLAYER('playerId', 'player')}, ${PLAYER('victimId', 'victim')}`,
    'e.playerId, e.victimId',
  ),
  teamBonuses: withAction('TeamBonuses', PLAYER('playerId', 'player'), 'e.playerId'),
  chat: counted(
    'Chat',
    `${PLAYER('playerId', 'player')}, e.message_mode AS mode`,
    'e.playerId, e.message_mode',
  ),
  statsme: `SELECT ${PLAYER('playerId', 'player')}, e.weapon, SUM(e.shots) AS shots, SUM(e.hits) AS hits,
      SUM(e.headshots) AS headshots, SUM(e.damage) AS damage, SUM(e.kills) AS kills, SUM(e.deaths) AS deaths
    FROM hlstats_Events_Statsme e GROUP BY e.playerId, e.weapon`,
  mapsCounts: 'SELECT map, kills, headshots FROM hlstats_Maps_Counts WHERE kills > 0',
  weapons: 'SELECT code AS weapon, kills, headshots FROM hlstats_Weapons WHERE kills > 0',
  roles: 'SELECT code AS role, picked, kills, deaths FROM hlstats_Roles WHERE picked + kills + deaths > 0',
  actions: 'SELECT code AS action, team, count FROM hlstats_Actions WHERE count > 0',
  history: `SELECT u.uniqueId, CAST(h.eventTime AS CHAR) AS day, h.kills, h.deaths, h.suicides, h.teamkills,
      h.headshots, h.skill, h.skill_change AS skillChange
    FROM hlstats_Players_History h JOIN hlstats_PlayerUniqueIds u USING (playerId)`,
  connects: ofPlayer('Connects'),
  disconnects: ofPlayer('Disconnects'),
  entries: ofPlayer('Entries'),
  changeTeam: ofPlayer('ChangeTeam'),
  changeRole: ofPlayer('ChangeRole'),
  changeName: ofPlayer('ChangeName'),
  server: `SELECT kills, players, rounds, suicides, headshots, bombs_planted AS bombsPlanted,
      bombs_defused AS bombsDefused, ct_wins AS ctWins, ts_wins AS tsWins, map_changes AS mapChanges,
      ct_shots AS ctShots, ct_hits AS ctHits, ts_shots AS tsShots, ts_hits AS tsHits FROM hlstats_Servers`,
}

/** What our services counted, in the shape of the golden results. */
export async function readSections(database: Database): Promise<Record<string, Row[]>> {
  const sections: Record<string, Row[]> = {}
  for (const [name, sql] of Object.entries(SECTIONS)) sections[name] = await database.query<Row>(sql)
  return sections
}
