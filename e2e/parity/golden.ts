import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { cacheRoot, corpusLog, repositoryRoot } from '@hlstats/testkit'

/** A row of a section: its values by name. */
export type Row = Readonly<Record<string, string | number>>

/** What the Perl daemon had counted after one log. */
export interface Golden {
  readonly log: string
  readonly game: string
  readonly settings: {
    readonly MinPlayers: number
    readonly IgnoreBots: number
    readonly server: Readonly<Record<string, string>>
  }
  readonly sections: Readonly<Record<string, readonly Row[]>>
}

const folder = join(repositoryRoot, '../shared/golden')

/** The logs that have a result: the file's name, and its bytes. Empty where ../shared is missing. */
export function goldenLogs(): { readonly name: string; readonly path: string }[] {
  if (!existsSync(folder)) return []
  const results = readdirSync(folder).filter((file) => file.endsWith('.json'))
  // Unpacks the corpus, if it is there at all.
  if (corpusLog('SeatloN+cs2-log/0f870999-5f60-4259-7837-08de566fc039.log') === undefined) return []
  const raw = join(cacheRoot, 'corpus/raw')
  const logs = new Map(
    readdirSync(raw, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(raw, join(entry.parentPath, entry.name)))
      .map((path) => [resultName(path), path]),
  )
  return results.flatMap((name) => {
    const path = logs.get(name)
    return path === undefined ? [] : [{ name, path }]
  })
}

export function readGolden(name: string): Golden {
  const { log, game, settings, ...rest } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const { server } = rest
  const lists = Object.entries(rest).filter(([, value]) => Array.isArray(value)) as [string, Row[]][]
  return { log, game, settings, sections: { ...Object.fromEntries(lists), server: [server] } }
}

export interface Log {
  readonly lines: readonly string[]
  /** Lines of chat that are no UTF-8. */
  readonly unreadableChat: number
}

export function readLog(path: string): Log {
  const bytes = corpusLog(path)
  if (bytes === undefined) throw new Error(`${path} is not in the corpus`)
  const lines = bytes.toString('utf8').split('\n')
  const unreadable = lines.filter((line) => line.includes('\uFFFD') && / say(_team)? "/.test(line))
  return { lines, unreadableChat: unreadable.length }
}

function resultName(path: string): string {
  return `${path.replaceAll(/[^\w.+-]/g, '_')}.json`
}
