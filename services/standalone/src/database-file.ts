import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sqlitePath } from '@hlstats/database'
import { inspectJournal, journalOwner, lockJournal } from '@hlstats/infrastructure'
import { ControlClient } from './control-client.ts'
import { Counting } from './counting.ts'
import type { Operations } from './operations.ts'

/** The file's neighbours in standalone's data folder. */
function neighboursOf(databaseUrl: string): { journal: string; control: string } {
  const folder = dirname(sqlitePath(databaseUrl))
  return { journal: join(folder, 'journal'), control: join(folder, 'control.json') }
}

/**
 * For commands that change something: through the process that counts into the file, since SQLite has one writer, or,
 * where there is none, on the file itself, which nobody else may open for counting meanwhile.
 */
export async function withOperations<T>(
  options: { readonly databaseUrl: string; readonly partitions: number },
  work: (operations: Operations) => Promise<T>,
): Promise<T> {
  const { journal, control } = neighboursOf(options.databaseUrl)
  const owner = await journalOwner(journal)
  if (owner !== undefined) return work(new ControlClient(control, owner))
  return withDatabaseFile(options.databaseUrl, async () => {
    const counting = await Counting.start(
      { ...options, logLevel: 'fatal', logFormat: 'json' },
      () => undefined,
    )
    try {
      return await work(counting)
    } finally {
      await counting.stop()
      await counting.close()
    }
  })
}

/** Keeps every other process of ours from the file during `work`; JOURNAL_WRITE when one is at it. */
export async function withDatabaseFile<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const { journal } = neighboursOf(databaseUrl)
  await mkdir(journal, { recursive: true })
  const lock = await lockJournal(journal)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

/** Records beside the file that are not counted into it yet: a process that died left them for its next life. */
export async function uncountedRecords(databaseUrl: string): Promise<number> {
  const { backlogs } = await inspectJournal(neighboursOf(databaseUrl).journal)
  return backlogs.reduce((sum, { waitingRecords }) => sum + waitingRecords, 0)
}
