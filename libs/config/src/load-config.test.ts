import { StatsError } from '@hlstats/errors'
import { describe, expect, it } from 'vitest'
import { field, hideCredentials, loadConfig, shared } from './index.ts'

const definition = {
  prefix: 'PLAYER',
  fields: {
    httpPort: field.port(8081),
    stopWithinMs: field.integer({ default: 10_000, min: 100, max: 600_000 }),
    databaseUrl: shared.databaseUrl,
    partitions: shared.partitions,
    logFormat: shared.logFormat,
  },
}
const url = 'mysql://stats:hunter2@db:3306/hlstats'

function problemsOf(
  environment: Record<string, string>,
  asked: Parameters<typeof loadConfig>[0] = definition,
) {
  try {
    loadConfig(asked, environment)
  } catch (error) {
    if (error instanceof StatsError && error.code === 'CONFIG_INVALID') return error.message
    throw error
  }
  return ''
}

describe('loadConfig', () => {
  it('reads prefixed and shared variables and fills in the defaults', () => {
    const config = loadConfig(definition, {
      DATABASE_URL: url,
      PLAYER_HTTP_PORT: '0',
    })
    expect(config).toEqual({
      httpPort: 0,
      stopWithinMs: 10_000,
      databaseUrl: url,
      partitions: 8,
      logFormat: 'json',
    })
  })

  it('is frozen', () => {
    expect(Object.isFrozen(loadConfig(definition, { DATABASE_URL: url }))).toBe(true)
  })

  it('names every problem at once, with its value and what to write', () => {
    const message = problemsOf({
      PLAYER_HTTP_PORT: '99999',
      PLAYER_STOP_WITHIN_MS: '12s',
      LOG_FORMAT: 'xml',
    })
    expect(message).toContain('PLAYER_HTTP_PORT is "99999": set it to an integer from 0 to 65535')
    expect(message).toContain('PLAYER_STOP_WITHIN_MS is "12s": set it to an integer from 100 to 600000')
    expect(message).toContain('LOG_FORMAT is "xml": set it to one of json, pretty')
    expect(message).toContain('DATABASE_URL is missing: set it to a URL like mysql://')
  })

  it('treats an empty variable as not given', () => {
    expect(problemsOf({ DATABASE_URL: '' })).toContain('DATABASE_URL is missing')
    expect(loadConfig(definition, { DATABASE_URL: url, PLAYER_HTTP_PORT: '' }).httpPort).toBe(8081)
  })

  it('refuses a variable of its prefix that no field reads', () => {
    const message = problemsOf({ DATABASE_URL: url, PLAYER_HTTP_PROT: '1' })
    expect(message).toContain('PLAYER_HTTP_PROT is not a setting')
    expect(message).toContain('PLAYER_HTTP_PORT')
  })

  it('lets the service links pass that Kubernetes adds', () => {
    const links = [
      'PLAYER_SERVICE_HOST',
      'PLAYER_SERVICE_PORT_HTTP',
      'PLAYER_PORT',
      'PLAYER_PORT_8081_TCP_ADDR',
    ]
    const environment = Object.fromEntries(links.map((name) => [name, 'tcp://10.0.0.1:8081']))
    expect(problemsOf({ DATABASE_URL: url, ...environment })).toBe('')
  })

  it('never prints the password of a URL', () => {
    const message = problemsOf({ DATABASE_URL: 'postgres://stats:hunter2@db/hlstats' })
    expect(message).toContain('DATABASE_URL is "postgres://stats:***@db/hlstats"')
    expect(message).not.toContain('hunter2')
  })

  it('accepts amqps where a broker is asked for', () => {
    const broker = { prefix: 'X', fields: { amqpUrl: shared.amqpUrl } }
    expect(loadConfig(broker, { AMQP_URL: 'amqps://u:p@mq/v' }).amqpUrl).toBe('amqps://u:p@mq/v')
    expect(problemsOf({ AMQP_URL: 'http://mq' }, broker)).toContain('AMQP_URL is "http://mq"')
  })

  it('accepts the nodes of a cluster where a broker is asked for, and no other words among them', () => {
    const broker = { prefix: 'X', fields: { amqpUrl: shared.amqpUrl } }
    const nodes = 'amqp://u:p,w@mq-1:5672/v,amqp://u:p,w@mq-2:5672/v'
    expect(loadConfig(broker, { AMQP_URL: nodes }).amqpUrl).toBe(nodes)
    expect(problemsOf({ AMQP_URL: 'amqp://mq-1:5672,mq-2:5672' }, broker)).toContain(
      'several separated by commas',
    )
  })
})

describe('hideCredentials', () => {
  it('masks every password in a text and leaves the rest', () => {
    expect(hideCredentials('tried amqp://a:b@h:1/v and mysql://c@h/d, http://plain:80/x')).toBe(
      'tried amqp://a:***@h:1/v and mysql://c@h/d, http://plain:80/x',
    )
  })
})
