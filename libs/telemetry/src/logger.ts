import { hideCredentials } from '@hlstats/config'
import { type DestinationStream, type Logger as Pino, pino, stdSerializers } from 'pino'
import { prettyFactory } from 'pino-pretty'

/** Log levels, lowest first. */
export const LogLevel = {
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
  FATAL: 'fatal',
} as const

export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel]

export type LogFields = Readonly<Record<string, unknown>>

/** What code logs through: a constant sentence, and the data in fields. */
export interface ILogger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  fatal(message: string, fields?: LogFields): void
  /** A logger that adds these fields to every line. */
  child(fields: LogFields): ILogger
  /** Takes effect at once for the whole family: this logger, its parent and all its children. */
  setLogLevel(level: LogLevel): void
}

export interface LoggerOptions {
  readonly name: string
  readonly level?: LogLevel
  readonly format?: 'json' | 'pretty'
  /** Where lines go; standard output when not given. */
  readonly destination?: DestinationStream
}

// Where events carry the names and addresses of people. Wildcards are kept out of paths like `*.name`: they would also
// hide the names of queues and tables.
const PEOPLE = ['player', 'killer', 'victim'].flatMap((who) => [
  `${who}.name`,
  `data.${who}.name`,
  `event.data.${who}.name`,
])
const REDACTED = [
  ...PEOPLE,
  ...['address', 'playerName', 'previousName', 'message', 'command'].flatMap((key) => [
    `data.${key}`,
    `event.data.${key}`,
  ]),
  ...['address', 'player_address', 'playerName', 'player_name', 'password', 'secret', 'token'].flatMap(
    (key) => [key, `*.${key}`],
  ),
]

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3, fatal: 4 }

/** A logger on standard output; passwords in URLs, player names and player addresses never reach it. */
export function createLogger(options: LoggerOptions): ILogger {
  const { name, level = LogLevel.INFO, format = 'json', destination } = options
  const target = format === 'pretty' ? prettyDestination(destination ?? process.stdout) : destination
  const root = pino(
    {
      base: { service: name },
      level: LogLevel.DEBUG,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.err, error: stdSerializers.err },
      redact: { paths: REDACTED, censor: '[redacted]' },
      hooks: { streamWrite: hideCredentials },
    },
    target ?? pino.destination({ dest: 1, sync: true }),
  )
  return new Logger(root, { level })
}

function prettyDestination(destination: DestinationStream): DestinationStream {
  const pretty = prettyFactory({
    colorize: destination === process.stdout && process.stdout.isTTY === true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'service',
    singleLine: true,
    messageFormat: '{service}: {msg}',
  })
  return { write: (line) => destination.write(pretty(line)) }
}

class Logger implements ILogger {
  readonly #pino: Pino
  // Shared by the family: pino fixes a child's level when it is made, and would miss a later change of the root's.
  readonly #threshold: { level: LogLevel }

  constructor(target: Pino, threshold: { level: LogLevel }) {
    this.#pino = target
    this.#threshold = threshold
  }

  debug(message: string, fields?: LogFields): void {
    this.#write(LogLevel.DEBUG, message, fields)
  }

  info(message: string, fields?: LogFields): void {
    this.#write(LogLevel.INFO, message, fields)
  }

  warn(message: string, fields?: LogFields): void {
    this.#write(LogLevel.WARN, message, fields)
  }

  error(message: string, fields?: LogFields): void {
    this.#write(LogLevel.ERROR, message, fields)
  }

  fatal(message: string, fields?: LogFields): void {
    this.#write(LogLevel.FATAL, message, fields)
  }

  child(fields: LogFields): ILogger {
    return new Logger(this.#pino.child(fields), this.#threshold)
  }

  setLogLevel(level: LogLevel): void {
    this.#threshold.level = level
  }

  #write(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (RANK[level] >= RANK[this.#threshold.level]) this.#pino[level](fields, message)
  }
}

/** A logger that says nothing: for tests, and for tools whose output is for people. */
export function silentLogger(): ILogger {
  const silent: ILogger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    fatal: () => undefined,
    child: () => silent,
    setLogLevel: () => undefined,
  }
  return silent
}
