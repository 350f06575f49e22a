import { StatsError } from '@hlstats/errors'
import { describe, expect, it } from 'vitest'
import { createLogger, type LoggerOptions, LogLevel } from './index.ts'

function capture(options: Partial<LoggerOptions> = {}) {
  const written: string[] = []
  const destination = { write: (line: string) => written.push(line) }
  const logger = createLogger({ name: 'player', ...options, destination })
  return { logger, written, lines: () => written.map((line) => JSON.parse(line)) }
}

describe('createLogger', () => {
  it('writes one JSON line with the service, the sentence and the fields', () => {
    const { logger, lines } = capture()
    logger.info('ready', { partitions: 8 })
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'info', service: 'player', msg: 'ready', partitions: 8 }),
    ])
  })

  it('changes the level of the whole family at once', () => {
    const { logger, lines } = capture()
    const child = logger.child({ module: 'kills' })
    child.debug('hidden')
    logger.setLogLevel(LogLevel.DEBUG)
    child.debug('shown')
    logger.setLogLevel(LogLevel.FATAL)
    child.error('hidden again')
    expect(lines().map(({ msg, module }) => [msg, module])).toEqual([['shown', 'kills']])
  })

  it('keeps code, cause and stack of an error under err and under error', () => {
    const { logger, lines } = capture()
    const error = new StatsError('DB_DEADLOCK', 'victim', { cause: new Error('from the driver') })
    logger.error('failed', { err: error })
    logger.error('failed', { error })
    for (const line of lines().map(({ err, error: other }) => err ?? other)) {
      expect(line).toMatchObject({ code: 'DB_DEADLOCK' })
      expect(line.stack).toContain('from the driver')
    }
  })

  it('hides player names and addresses wherever an event brings them', () => {
    const { logger, written } = capture()
    const data = { player: { name: 'Gordon', team: 'CT' }, address: '1.2.3.4', message: 'my name is Gordon' }
    logger.child({ playerName: 'Gordon' }).warn('odd', { player: data.player, data, event: { data } })
    logger.warn('odd', { killer: { name: 'Gordon' }, server: { address: '1.2.3.4' } })
    logger.warn('odd', { data: { killer: { name: 'Gordon' }, victim: { name: 'Gordon' } } })
    expect(written.join()).toContain('"team":"CT"')
    expect(written.join()).not.toMatch(/Gordon|1\.2\.3\.4/)
  })

  it('hides the password of a URL in messages, fields and errors', () => {
    const { logger, written } = capture()
    const url = 'amqp://guest:hunter2@mq:5672/v'
    logger.child({ url }).error(`cannot reach ${url}`, { list: [{ url }], err: new Error(url) })
    expect(written.join()).toContain('amqp://guest:***@mq:5672/v')
    expect(written.join()).not.toContain('hunter2')
  })

  it('writes readable lines in pretty format', () => {
    const { logger, written } = capture({ format: 'pretty' })
    logger.info('ready', { port: 8081 })
    expect(written.join('')).toMatch(/INFO.*player: ready.*"port":8081/)
  })
})
