import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from 'mariadb'
import { repositoryRoot } from './cache-folder.ts'
import { withConnection } from './database-server.ts'
import { Chance } from './history.ts'

/** Which HLstatsX:CE made the database: what its columns, defaults and character set are like. */
export type LegacyVersion = '1.6.1' | '1.6.19' | '1.11.6'

export interface LegacyOptions {
  readonly version: LegacyVersion
  /** Rows of the larger tables. */
  readonly rows?: number
  readonly seed?: number
}

const BASELINE = 'prisma/migrations/20261122000000_baseline/migration.sql'

// What came after a version, besides the text's character set and dates that may be NULL.
const LACKS: Readonly<Record<LegacyVersion, readonly string[]>> = {
  '1.6.1': [
    'hlstats_Players.teamkills',
    'hlstats_Players.mmrank',
    'hlstats_Players_History.teamkills',
    'hlstats_Players_History.kill_streak',
    'hlstats_Players_History.death_streak',
  ],
  '1.6.19': ['hlstats_Players.mmrank'],
  '1.11.6': [],
}

/** Makes the tables of an HLstatsX:CE version in an empty database, and fills them with rows as years of use leave them. */
export async function makeLegacyDatabase(url: string, options: LegacyOptions): Promise<void> {
  await withConnection(url, async (connection) => {
    await connection.query("SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'")
    for (const sql of legacyTables(options.version)) await connection.query(sql)
    await addForeignParts(connection)
    await fill(connection, options)
  })
}

function legacyTables(version: LegacyVersion): string[] {
  const text = readFileSync(join(repositoryRoot, BASELINE), 'utf8').replaceAll(/^--.*$/gm, '')
  const creations = text.split(';\n').filter((sql) => sql.trim() !== '')
  return creations.map((sql) => legacyTable(sql.trim(), version))
}

function legacyTable(sql: string, version: LegacyVersion): string {
  const table = /^CREATE TABLE `(\w+)`/.exec(sql)?.[1] ?? ''
  const lines = sql.split('\n').filter((line) => {
    const column = /^\s+`(\w+)`/.exec(line)?.[1]
    return column === undefined || !LACKS[version].includes(`${table}.${column}`)
  })
  const engine = table === 'hlstats_Livestats' ? 'MEMORY' : 'MyISAM'
  const old = lines.join('\n').replace('ENGINE=InnoDB', `ENGINE=${engine}`)
  if (version === '1.11.6') return old
  return old
    .replace('CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci', 'CHARACTER SET utf8')
    .replaceAll(/ (DATETIME) NULL/g, " $1 NOT NULL DEFAULT '0000-00-00 00:00:00'")
    .replaceAll(/ (DATE) NULL/g, " $1 NOT NULL DEFAULT '0000-00-00'")
}

/** What forks and plugins add: columns in the middle, wider ones, other character sets, tables of their own. */
async function addForeignParts(connection: Connection): Promise<void> {
  for (const sql of [
    'ALTER TABLE hlstats_Events_Frags ADD COLUMN match_id VARCHAR(64) DEFAULT NULL AFTER map',
    'ALTER TABLE hlstats_Players MODIFY COLUMN city VARCHAR(128) NOT NULL DEFAULT ""',
    'ALTER TABLE hlstats_Players MODIFY COLUMN createdate INT NULL',
    'ALTER TABLE hlstats_Users MODIFY COLUMN password VARCHAR(255) NOT NULL DEFAULT ""',
    'ALTER TABLE hlstats_Events_Admin MODIFY COLUMN message VARCHAR(128) NOT NULL DEFAULT ""',
    'ALTER TABLE hlstats_Events_ChangeName CONVERT TO CHARACTER SET latin1',
    'ALTER TABLE hlstats_PlayerUniqueIds MODIFY COLUMN uniqueId VARCHAR(64) CHARACTER SET utf8 COLLATE utf8_bin NOT NULL DEFAULT ""',
    'ALTER TABLE hlstats_server_load ADD COLUMN tickrate SMALLINT NOT NULL DEFAULT 0',
    'CREATE TABLE ktp_matches (id INT NOT NULL PRIMARY KEY, note TEXT) ENGINE=MyISAM DEFAULT CHARACTER SET latin1',
    'CREATE TABLE hlstats_Ribbons_Trigger (id INT NOT NULL PRIMARY KEY, code VARCHAR(50)) ENGINE=MyISAM',
    "INSERT INTO ktp_matches VALUES (1, 'mine'), (2, 'Grüße')",
  ]) {
    await connection.query(sql)
  }
}

const NAMES = [
  'Gordon',
  'Zoë',
  'Ünïcödé',
  '日本の選手',
  "O'Neill",
  '%s $&',
  'a\\b',
  ' lead',
  'ж'.repeat(64),
  '-=[TAG]=-',
  '',
]

async function fill(connection: Connection, { version, rows = 300, seed = 7 }: LegacyOptions): Promise<void> {
  const chance = new Chance(seed)
  const name = (index: number) => `${NAMES[index % NAMES.length] ?? ''}`.slice(0, 58) + index
  const noDate = version === '1.11.6' ? null : '0000-00-00 00:00:00'
  const time = (index: number) =>
    index % 50 === 0 ? noDate : `2019-0${1 + (index % 9)}-1${index % 10} 2${index % 4}:0${index % 6}:59`
  const players = Array.from({ length: rows }, (_, index) => index)
  await insert(connection, 'hlstats_Options (keyname, value, opttype)', [
    ['version', version, 1],
    ['dbversion', { '1.6.1': '6', '1.6.19': '78', '1.11.6': '91' }[version], 2],
    ['Mode', 'NameTrack', 1],
  ])
  await insert(connection, 'hlstats_Games (code, name, realgame)', [['css', 'CS: Source', 'css']])
  await insert(connection, 'hlstats_Servers (address, port, name, game, kills, last_event)', [
    ['10.0.0.1', 27015, "Bob's \\' server", 'css', 2_147_483_647, 1_560_000_000],
  ])
  await insert(
    connection,
    'hlstats_Players (playerId, lastName, game, kills, deaths, skill, last_skill_change, createdate, city)',
    players.map((id) => [
      id,
      name(id),
      'css',
      id === 3 ? 4_294_967_295 : chance.below(5_000),
      id,
      1_000,
      -id,
      id % 7 === 0 ? null : 1_300_000_000,
      'Ж'.repeat(100),
    ]),
  )
  await insert(connection, 'hlstats_PlayerUniqueIds (playerId, uniqueId, game)', [
    ...players.map((id) => [id, `0:${id}`, 'css']),
    [1, 'gordon', 'css'],
    [2, 'GORDON', 'css'],
    [3, 'Górdon', 'css'],
  ])
  await insert(
    connection,
    'hlstats_PlayerNames (playerId, name, lastuse, kills, numuses)',
    players.map((id) => [id, name(id), time(id), id, 1]),
  )
  await fillEvents(connection, { chance, rows, time })
  await fillOddities(connection, version, noDate)
}

interface EventFill {
  readonly chance: Chance
  readonly rows: number
  readonly time: (index: number) => string | null
}

async function fillEvents(connection: Connection, { chance, rows, time }: EventFill): Promise<void> {
  const indexes = Array.from({ length: rows * 5 }, (_, index) => index)
  // One in forty names a player whom nobody knows any more.
  const player = (index: number) => (index % 40 === 0 ? 900_000 + index : chance.below(rows))
  await insert(
    connection,
    'hlstats_Events_Frags (eventTime, serverId, map, match_id, killerId, victimId, weapon, headshot, pos_x)',
    indexes.map((index) => [
      time(index),
      1,
      'de_dust2',
      null,
      player(index),
      player(index + 1),
      'ak47',
      index % 3 === 0 ? 1 : 0,
      index % 2 === 0 ? null : -8_388_608,
    ]),
  )
  await insert(
    connection,
    'hlstats_Events_Chat (eventTime, serverId, map, playerId, message)',
    indexes.map((index) => [
      time(index),
      1,
      'de_dust2',
      player(index),
      `${'gg wp '.repeat(21)}日`.slice(0, 128),
    ]),
  )
  await insert(
    connection,
    'hlstats_Events_ChangeName (eventTime, serverId, map, playerId, oldName, newName)',
    // UTF-8 that went through a connection of latin1: every byte a letter.
    indexes.map((index) => [time(index), 1, 'de_dust2', player(index), 'ZoÃ«', `JÃ¶rg ${index} €`]),
  )
}

/** Rows that are one row to a key, flags that are empty, numbers at the end of their range. */
async function fillOddities(
  connection: Connection,
  version: LegacyVersion,
  noDate: string | null,
): Promise<void> {
  const day = noDate?.slice(0, 10) ?? null
  if (version !== '1.11.6') {
    await insert(connection, 'hlstats_PlayerNames (playerId, name, lastuse, kills, numuses)', [
      [5, 'Straße', '2018-01-01 00:00:00', 10, 1],
      [5, 'Strasse', '2019-01-01 00:00:00', 20, 2],
      [6, 'Bob', '2019-01-01 00:00:00', 1, 3],
      [6, 'Bob\u200d', '0000-00-00 00:00:00', 2, 4],
      [6, 'Bo\u200db', '2012-01-01 00:00:00', 4, 5],
    ])
    await insert(connection, 'hlstats_Clans (clanId, tag, name, game)', [
      [1, '[ß]', 'eszett', 'css'],
      [2, '[ss]', 'double s', 'css'],
    ])
  } else {
    await insert(connection, 'hlstats_Clans (clanId, tag, name, game)', [[1, '[ß]', 'eszett', 'css']])
  }
  await insert(connection, 'hlstats_Maps_Counts (game, map, kills, headshots)', [
    ['css', 'de_dust2', 100, 50],
    ['css', '', 7, 0],
  ])
  await insert(connection, 'hlstats_Actions (game, code, for_PlayerActions, for_TeamActions, count)', [
    ['css', 'headshot', '1', '', 4_294_967_295],
  ])
  await insert(connection, 'hlstats_Players_History (playerId, eventTime, game, kills, skill_change)', [
    [1, day, 'css', 5, -2_147_483_648],
    [1, '2019-05-01', 'css', 6, 0],
  ])
  await insert(connection, 'hlstats_Events_Admin (eventTime, message)', [[noDate, 'x'.repeat(128)]])
  await insert(connection, 'hlstats_Livestats (player_id, name)', [[1, 'still here']])
}

async function insert(
  connection: Connection,
  into: string,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const width = rows[0]?.length ?? 0
  const tuple = `(${new Array(width).fill('?').join(', ')})`
  for (let start = 0; start < rows.length; start += 1_000) {
    const part = rows.slice(start, start + 1_000)
    await connection.query(`INSERT INTO ${into} VALUES ${part.map(() => tuple).join(', ')}`, part.flat())
  }
}
