import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  repositoryRoot,
  type TestDatabase,
  temporaryFolder,
  testDatabase,
  testDatabaseKinds,
  until,
  withConnection,
} from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHlstats } from '../../scripts/hlstats-command.ts'

const NAMES = ['=1+1', 'a "quoted", one', '名無し\u001b[2J\r\n', "'Al\u202eice", '＠x', ' plain ']
const FRAGS = 2_500

let db: TestDatabase

const exported = (...args: string[]) => runHlstats(['export', ...args], { DATABASE_URL: db.url })
const rowsOf = (text: string) => text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)

async function insert(table: string, columns: string[], rows: (string | number)[][]): Promise<void> {
  const { sql, params } = db.database.dialect.insert(table, columns, rows)
  await db.database.execute(sql, params)
}

async function play(): Promise<void> {
  await insert(
    'hlstats_Players',
    ['playerId', 'lastName', 'game', 'kills'],
    [...NAMES.map((name, index) => [index + 1, name, 'css', index]), [7, 'Eve', 'tf', 70]],
  )
  await insert('hlstats_PlayerUniqueIds', ['playerId', 'uniqueId', 'game'], [[1, '0:11', 'css']])
  await insert(
    'hlstats_Servers',
    ['serverId', 'address', 'port', 'game'],
    [
      [1, '192.0.2.1', 27015, 'css'],
      [2, '192.0.2.1', 27016, 'tf'],
    ],
  )
  const frags = Array.from({ length: FRAGS }, (_, index) => [
    '2026-11-25 10:00:00',
    index % 500 === 0 ? 2 : 1,
    'de_dust2',
    1,
    2,
    'ak47',
    1,
  ])
  const columns = ['eventTime', 'serverId', 'map', 'killerId', 'victimId', 'weapon', 'headshot']
  await insert('hlstats_Events_Frags', columns, frags)
}

describe.each(testDatabaseKinds)('hlstats export on $kind', ({ open }) => {
  beforeAll(async () => {
    db = await open()
    await play()
  })
  afterAll(() => db.drop())

  it('writes names exactly into JSON, which holds nothing a terminal obeys', async () => {
    const text = await exported('players', '--game', 'css')
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    const rows = rowsOf(text)
    expect(rows.map(({ name }) => name)).toEqual(NAMES)
    expect(rows[0]).toMatchObject({ playerId: 1, uniqueId: '0:11', game: 'css', kills: 0, clan: null })
  })

  it('writes CSV whose names are no formulas, each row one line', async () => {
    const lines = (await exported('players', '--format', 'csv')).split('\r\n')
    expect(lines[0]).toMatch(/^playerId,game,uniqueId,name,clan,country,skill,kills,/)
    expect(lines.slice(1).map((line) => line.replace(/,,,1000,.*/, ''))).toEqual([
      "1,css,0:11,'=1+1",
      '2,css,,"a ""quoted"", one"',
      '3,css,,名無し�[2J��',
      "4,css,,''Alice",
      "5,css,,'＠x",
      '6,css,, plain ',
      '7,tf,,Eve',
    ])
  })

  it('writes every kill once over many pages, in their order, or those of one game', async () => {
    const out = join(temporaryFolder('export'), 'frags.jsonl')
    await exported('frags', '--out', out)
    const rows = rowsOf(readFileSync(out, 'utf8').trimEnd())
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: FRAGS }, (_, index) => index + 1))
    expect(rows[1]).toMatchObject({
      eventTime: '2026-11-25T10:00:00.000Z',
      game: 'css',
      killer: NAMES[0],
      victim: NAMES[1],
      weapon: 'ak47',
    })
    expect(rowsOf(await exported('frags', '--game', 'tf')).map(({ id }) => id)).toEqual([
      1, 501, 1001, 1501, 2001,
    ])
  })

  it('writes a file whole, and leaves none where it cannot', async () => {
    const folder = temporaryFolder('export')
    const out = join(folder, 'weapons.jsonl')
    await exported('weapons', '--game', 'css', '--out', out)
    expect(rowsOf(readFileSync(out, 'utf8').trimEnd())).toContainEqual(
      expect.objectContaining({ game: 'css', code: 'ak47', kills: 0 }),
    )
    expect(readdirSync(folder)).toEqual(['weapons.jsonl'])
    await expect(exported('maps', '--out', folder)).rejects.toThrow(`--out ${folder} cannot be written`)
    await expect(exported('maps', '--game', 'quake9', '--out', join(folder, 'no'))).rejects.toThrow(
      'no game code',
    )
    expect(existsSync(join(folder, 'no'))).toBe(false)
  })

  it('ends well when its reader has enough', async () => {
    const child = spawn(process.execPath, [join(repositoryRoot, 'cli/src/main.ts'), 'export', 'frags'], {
      env: { DATABASE_URL: db.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let told = ''
    child.stderr.on('data', (data) => (told += data))
    child.stdout.once('data', () => child.stdout.destroy())
    const [code] = await once(child, 'close')
    expect({ code, told }).toEqual({ code: 0, told: '' })
  })
})

it.each(['SIGINT', 'SIGHUP'] as const)(
  'leaves nothing behind when %s ends hlstats export',
  async (signal) => {
    const database = await testDatabase()
    const folder = temporaryFolder('export')
    const args = ['export', 'frags', '--out', join(folder, 'frags.jsonl')]
    await withConnection(database.url, async (connection) => {
      // Its first page has to wait.
      await connection.query('LOCK TABLES hlstats_Events_Frags WRITE')
      const child = spawn(process.execPath, [join(repositoryRoot, 'cli/src/main.ts'), ...args], {
        env: { DATABASE_URL: database.url },
        stdio: 'ignore',
      })
      const ended = once(child, 'close')
      await until(() => readdirSync(folder).some((name) => name.endsWith('.part')), {
        timeoutMs: 30_000,
        what: 'a file begun',
      })
      child.kill(signal)
      expect(await ended).toEqual([null, signal])
      expect(readdirSync(folder)).toEqual([])
      await connection.query('UNLOCK TABLES')
    })
    await database.drop()
  },
)
