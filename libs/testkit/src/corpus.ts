import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { StatsError } from '@hlstats/errors'
import { cacheRoot, repositoryRoot, temporaryFolder } from './cache-folder.ts'
import { findProgram } from './programs.ts'

const shared = join(repositoryRoot, '../shared')
const archive = join(shared, 'corpus/logs.tar.xz')
const unpacked = join(cacheRoot, 'corpus')

/** Where the real logs lie unpacked; undefined where ../shared/corpus is missing. */
function corpusFolder(): string | undefined {
  if (!existsSync(archive)) return undefined
  if (!existsSync(unpacked)) unpack()
  return join(unpacked, 'raw')
}

/** The Debian package that unpacking the corpus needs, where it is missing. */
export function missingCorpusPackages(): string[] {
  const wanted = existsSync(archive) && !existsSync(unpacked)
  return wanted && findProgram('xz') === undefined ? ['xz-utils'] : []
}

/** The bytes of a real log, `<owner>+<repo>/…`; undefined where ../shared/corpus is missing. Never commit a line of it. */
export function corpusLog(path: string): Buffer | undefined {
  const folder = corpusFolder()
  if (folder === undefined) return undefined
  try {
    return readFileSync(join(folder, path))
  } catch (cause) {
    throw new StatsError('INPUT_INVALID', `the corpus has no log "${path}"`, { cause })
  }
}

/** The paths of all real logs, sorted, as `corpusLog` takes them; undefined where ../shared/corpus is missing. */
export function corpusPaths(): readonly string[] | undefined {
  const folder = corpusFolder()
  if (folder === undefined) return undefined
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

/** Games by the folder of a log; the few files that differ from their neighbours stand first. */
const GAMES: readonly (readonly [start: string, game: string])[] = [
  ['Arie+tf2_line_parser/csgo.log', 'csgo'],
  ['Arie+', 'tf'],
  ['BenLubar+csgo', 'csgo'],
  ['BenLubar+l4d2', 'l4d2'],
  ['F4ntik+', 'cstrike'],
  ['JonnyPower+', 'ns'],
  ['SeatloN+', 'cs2'],
  ['TheBv+', 'tf'],
  ['Zeikko+', 'csgo'],
  ['afraznein+', 'dod'],
  ['bananahampster+', 'tfc'],
  ['barncow+', 'tf'],
  ['cwap+', 'cstrike'],
  ['fernandolkf+', 'tf'],
  ['icewind1991+', 'tf'],
  ['janstuemmel+', 'csgo'],
  ['leighmacdonald+', 'tf'],
  ['mbto+', 'cstrike'],
  ['noueii+', 'cs2'],
  ['rahulrahaman+', 'cstrike'],
]

/** The game code of a real log by its path. */
export function corpusGame(path: string): string {
  const [, game] = GAMES.find(([start]) => path.startsWith(start)) ?? []
  if (game === undefined) throw new StatsError('INPUT_INVALID', `no game is known for the corpus log ${path}`)
  return game
}

/** One line of another parser's own tests, with what that parser makes of it in its own words. */
export interface PeerTest {
  readonly peer: string
  readonly source: string
  readonly line: string
  readonly expect: Readonly<Record<string, unknown>>
}

/** The cases of `../shared/corpus/peer-tests`; undefined where they are missing. */
export function peerTests(): readonly PeerTest[] | undefined {
  const folder = join(shared, 'corpus/peer-tests')
  if (!existsSync(folder)) return undefined
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((row) => row !== '')
      .map((row) => ({ ...(JSON.parse(row) as Omit<PeerTest, 'peer'>), peer: file.replace('.jsonl', '') })),
  )
}

/** What the Perl daemon counted for that log; undefined where ../shared/golden is missing. */
export function goldenResult<T>(path: string): T | undefined {
  const file = join(shared, 'golden', `${path.replaceAll(/[^\w.+-]/g, '_')}.json`)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

// Several test processes may come at once: each unpacks for itself and the rename decides.
function unpack(): void {
  const own = temporaryFolder('corpus')
  try {
    execFileSync('tar', ['-xJf', archive, '-C', own])
  } catch (cause) {
    throw new StatsError(
      'INPUT_INVALID',
      `${archive} cannot be unpacked: tar and xz (package xz-utils) are needed`,
      { cause },
    )
  }
  mkdirSync(cacheRoot, { recursive: true })
  try {
    renameSync(own, unpacked)
  } catch (error) {
    if (!existsSync(unpacked)) throw error
    rmSync(own, { recursive: true })
  }
}
