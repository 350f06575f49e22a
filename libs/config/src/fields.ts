import { brokerUrls } from './broker-urls.ts'
import { CONSUMER_LIMITS } from './consumer-limits.ts'

/** One setting: how its text is read, what it is when the variable is not set, and what it means for an operator. */
export interface Field<T> {
  /** What a value looks like, for messages and docs: `an integer from 1 to 65535`. */
  readonly expects: string
  readonly meaning: string
  /** The value when the variable is not set; without it the variable is required. */
  readonly fallback?: T
  /** A name without the service's prefix, for settings that all services share. */
  readonly variable?: string
  /** The value, or undefined when the text is not one. */
  parse(text: string): T | undefined
}

interface IntegerOptions {
  readonly default?: number
  readonly min?: number
  readonly max?: number
  readonly meaning?: string
}

interface TextOptions {
  readonly default?: string
  readonly meaning?: string
}

function integer(options: IntegerOptions = {}): Field<number> {
  const min = options.min ?? 0
  const max = options.max ?? Number.MAX_SAFE_INTEGER
  return {
    expects: options.max === undefined ? `an integer from ${min}` : `an integer from ${min} to ${max}`,
    meaning: options.meaning ?? '',
    ...(options.default === undefined ? {} : { fallback: options.default }),
    parse: (text) => {
      const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN
      return value >= min && value <= max ? value : undefined
    },
  }
}

function url(protocol: string, fallback?: string, meaning = ''): Field<string> {
  const protocols = protocol === 'amqp' ? ['amqp:', 'amqps:'] : [`${protocol}:`]
  return {
    expects: `a URL like ${protocol}://user:password@host:port/name`,
    meaning,
    ...(fallback === undefined ? {} : { fallback }),
    parse: (text) => (protocols.includes(URL.parse(text)?.protocol ?? '') ? text : undefined),
  }
}

const oneBroker = url('amqp', undefined, 'RabbitMQ, with its virtual host as the path.')

const broker: Field<string> = {
  ...oneBroker,
  expects: `${oneBroker.expects}, several separated by commas for a cluster`,
  parse: (text) => (brokerUrls(text).every((node) => oneBroker.parse(node) !== undefined) ? text : undefined),
}

function string(options: TextOptions = {}): Field<string> {
  return {
    expects: 'a text',
    meaning: options.meaning ?? '',
    ...(options.default === undefined ? {} : { fallback: options.default }),
    parse: (text) => text,
  }
}

function choice<const T extends string>(values: readonly T[], fallback?: T, meaning = ''): Field<T> {
  return {
    expects: `one of ${values.join(', ')}`,
    meaning,
    ...(fallback === undefined ? {} : { fallback }),
    parse: (text) => values.find((value) => value === text),
  }
}

/** The kinds of settings. A field without a default is required. */
export const field = {
  integer,
  port: (fallback?: number, meaning = 'Port of /livez, /readyz and /metrics; 0 takes a free one.') =>
    integer({ ...(fallback === undefined ? {} : { default: fallback }), min: 0, max: 65_535, meaning }),
  url,
  string,
  choice,
}

/** Every partition costs each service a queue. */
export const MAX_PARTITIONS = 256

/** Settings with one name for every service. */
export const shared = {
  databaseUrl: {
    ...url('mysql', undefined, 'MariaDB or MySQL, with the HLstatsX:CE tables.'),
    variable: 'DATABASE_URL',
  },
  amqpUrl: { ...broker, variable: 'AMQP_URL' },
  partitions: {
    ...integer({
      default: 8,
      min: 1,
      max: MAX_PARTITIONS,
      meaning:
        'Partitions of the event stream: the same number everywhere; `hlstats partitions set` changes it.',
    }),
    variable: 'PARTITIONS',
  },
  logLevel: {
    ...choice(['debug', 'info', 'warn', 'error', 'fatal'], 'info', 'Lowest level that is logged.'),
    variable: 'LOG_LEVEL',
  },
  logFormat: {
    ...choice(['json', 'pretty'], 'json', 'JSON lines for machines, or coloured lines for a terminal.'),
    variable: 'LOG_FORMAT',
  },
} satisfies Record<string, Field<unknown>>

/** The settings of a service that counts events from its queues. */
export const consumerFields = (httpPort: number) => ({
  ...shared,
  httpPort: field.port(httpPort),
  stopWithinMs: integer({ default: 10_000, min: 100, meaning: 'A stop that takes longer is cut off.' }),
  replica: string({
    default: '',
    meaning:
      'Name of this replica; the number at its end is its place in the spread of partitions. Empty: the host name.',
  }),
  heldBytes: integer({
    default: CONSUMER_LIMITS.heldBytes,
    min: 65_536,
    meaning:
      'Bytes of messages that may be in this process before their COMMIT; what is more waits in the queues. At least one message of each partition.',
  }),
  ackWithinMs: integer({
    default: CONSUMER_LIMITS.ackWithinMs,
    min: 1_000,
    meaning:
      'A message that this process holds for longer without its COMMIT is given to another replica (RabbitMQ 4.3 and later).',
  }),
})
