import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'
import { Metrics } from './metrics.ts'
import { optionReport } from './option-report.ts'

it('counts the options that cannot be used, and names them when they change', async () => {
  const lines: string[] = []
  const metrics = new Metrics()
  const logger = createLogger({ name: 'test', destination: { write: (line) => lines.push(line) } })
  const report = optionReport(logger, metrics, 'player')
  report([])
  report(['global option LogChat is "yes", not a number: 0 is used'])
  report(['global option LogChat is "yes", not a number: 0 is used'])
  expect(await metrics.value('hlstats_options_unusable', { module: 'player' })).toBe(1)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('LogChat is \\"yes\\"')
  report([])
  report(['server 7 option MinPlayers is "x", not a number: 6 is used'])
  expect(lines).toHaveLength(2)
  expect(await metrics.value('hlstats_options_unusable', { module: 'player' })).toBe(1)
})
