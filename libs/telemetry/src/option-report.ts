import type { ILogger } from './logger.ts'
import type { Metrics } from './metrics.ts'

const MOST_NAMED = 20

/** Tells which options an operator wrote cannot be used: always how many there are, and what they are when they change. */
export function optionReport(
  logger: ILogger,
  metrics: Metrics,
  module: string,
): (problems: readonly string[]) => void {
  const gauge = metrics.gauge<'module'>({
    name: 'hlstats_options_unusable',
    help: 'Options in the database that cannot be used, so that a default holds; the log names them.',
    labels: ['module'],
  })
  let told = ''
  return (problems) => {
    gauge.set({ module }, problems.length)
    const all = problems.join('\n')
    if (all === told) return
    told = all
    if (problems.length > 0) {
      logger.warn('options cannot be used: defaults hold', {
        module,
        problems: problems.slice(0, MOST_NAMED),
      })
    }
  }
}
