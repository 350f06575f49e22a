import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { addServer } from '@hlstats/database'
import { repositoryRoot, type TestDatabase, testDatabaseKinds, until } from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHlstats } from '../../scripts/hlstats-command.ts'

const NAME = '名無し\u001b[2J\u009b31m "x", Al\u202eice'

let db: TestDatabase

const top = (...args: string[]) => runHlstats(['top', ...args], { DATABASE_URL: db.url })
const json = async (...args: string[]) => JSON.parse(await top(...args, '--json')) as unknown

async function play(): Promise<void> {
  const player =
    'INSERT INTO hlstats_Players (lastName, game, skill, kills, deaths, headshots, hideranking) VALUES'
  await db.database.execute(`${player} (?, 'css', 1200, 10, 4, 5, 0)`, [NAME])
  await db.database.execute(`${player} ('Bob', 'css', 1100, 20, 4, 1, 0), ('Eve', 'tf', 1000, 1, 0, 0, 0)`)
  await db.database.execute(`${player} ('Hidden', 'css', 9000, 99, 0, 0, 1)`)
  await db.database.execute(
    "UPDATE hlstats_Weapons SET kills = 7, headshots = 2 WHERE game = 'css' AND code = 'ak47'",
  )
  await db.database.execute("UPDATE hlstats_Weapons SET kills = 9 WHERE game = 'css' AND code = 'awp'")
  const { sql, params } = db.database.dialect.insert(
    'hlstats_Maps_Counts',
    ['game', 'map', 'kills', 'headshots'],
    [
      ['css', 'de_dust2', 3, 1],
      ['css', 'cs_office', 12, 6],
      ['tf', 'ctf_2fort', 1, 0],
    ],
  )
  await db.database.execute(sql, params)
  const settings = { mod: '', settings: {} }
  await addServer(db.database, {
    address: { ip: '192.0.2.1', port: 27015 },
    game: 'css',
    name: 'Quiet',
    ...settings,
  })
  await addServer(db.database, {
    address: { ip: '192.0.2.1', port: 27016 },
    game: 'css',
    name: NAME,
    ...settings,
  })
  await db.database.execute("UPDATE hlstats_Servers SET kills = 30, act_map = 'de_dust2' WHERE port = 27016")
}

describe.each(testDatabaseKinds)('hlstats top on $kind', ({ open }) => {
  beforeAll(async () => {
    db = await open()
    await play()
  })
  afterAll(() => db.drop())

  it('ranks players of each game by points, hidden ones left out, control characters of names not obeyed', async () => {
    const shown = await top()
    expect(await top('players')).toBe(shown)
    expect(shown.split('\n').map((line) => line.trimEnd())).toEqual([
      'css',
      '#  Player                     Points  Kills  Deaths   K:D  HS  HS%  Suicides  TK',
      '1  名無し�[2J�31m "x", Alice    1200     10       4  2.50   5  50%         0   0',
      '2  Bob                          1100     20       4  5.00   1   5%         0   0',
      '',
      'tf',
      '#  Player  Points  Kills  Deaths   K:D  HS  HS%  Suicides  TK',
      '1  Eve       1000      1       0  1.00   0   0%         0   0',
    ])
  })

  it('ranks weapons, maps and servers by kills', async () => {
    expect(await json('weapons', '--game', 'css')).toMatchObject([
      { game: 'css', code: 'awp', kills: 9, headshots: 0 },
      { game: 'css', code: 'ak47', kills: 7, headshots: 2 },
    ])
    expect(await json('maps')).toEqual([
      { game: 'css', map: 'cs_office', kills: 12, headshots: 6 },
      { game: 'css', map: 'de_dust2', kills: 3, headshots: 1 },
      { game: 'tf', map: 'ctf_2fort', kills: 1, headshots: 0 },
    ])
    expect(await json('servers')).toMatchObject([
      { name: NAME, address: '192.0.2.1', port: 27016, kills: 30, map: 'de_dust2' },
      { name: 'Quiet', kills: 0 },
    ])
    expect(await top('maps', '--game', 'css', '--limit', '1')).toBe(
      'css\n#  Map        Kills  HS  HS%\n1  cs_office     12   6  50%',
    )
  })

  it('writes JSON that is exact and holds nothing a terminal obeys', async () => {
    const shown = await top('players', '--game', 'css', '--limit', '1', '--json')
    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(JSON.parse(shown)).toMatchObject([{ name: NAME, game: 'css', skill: 1200 }])
  })

  it('shows with --watch what changes, until it is told to end', async () => {
    const args = ['top', 'weapons', '--game', 'tf', '--limit', '1', '--watch']
    const child = spawn(process.execPath, [join(repositoryRoot, 'cli/src/main.ts'), ...args], {
      env: { DATABASE_URL: db.url },
    })
    let shown = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text
    })
    const kills = () => [...shown.matchAll(/tf_projectile_rocket +(\d+) /g)].map((row) => Number(row[1]))
    const count = (to: number) =>
      db.database.execute(
        `UPDATE hlstats_Weapons SET kills = ${to} WHERE game = 'tf' AND code = 'tf_projectile_rocket'`,
      )
    await count(500)
    await until(() => kills().includes(500), { timeoutMs: 30_000, what: 'the first picture' })
    await count(501)
    await until(() => kills().includes(501), { timeoutMs: 30_000, what: 'the next picture' })
    const ended = once(child, 'close')
    child.kill('SIGINT')
    expect(await ended).toEqual([null, 'SIGINT'])
  })

  it('refuses a game that is none, naming those that were played', async () => {
    await expect(top('maps', '--game', 'quake9')).rejects.toThrow(
      '--game quake9 is no game code; played so far: css, tf',
    )
    await expect(top('bullets')).rejects.toThrow('Allowed choices are players, weapons, maps, servers')
  })
})
