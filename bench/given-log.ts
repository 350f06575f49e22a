import { StatsError } from '@hlstats/errors'
import { corpusLog } from '@hlstats/testkit'

/** The real log that the command line names; the bench ends here where there is none. */
export function givenLog(path: string): Buffer {
  try {
    const log = corpusLog(path)
    if (log !== undefined) return log
    console.log('skipped: ../shared/corpus is missing')
    return process.exit()
  } catch (error) {
    if (!(error instanceof StatsError)) throw error
    console.error(error.message)
    return process.exit(1)
  }
}
