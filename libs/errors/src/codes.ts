/** What a consumer does about an error: `retry` may pass later, `park` never passes by itself. */
export type Disposition = 'retry' | 'park'

/** The only list of error codes: code → disposition and what an operator should know. `docs/errors.md` shows it. */
export const CODES = {
  EVENT_DECODE: ['park', 'The bytes of a message are not a message of ours.'],
  EVENT_SCHEMA: ['park', 'An event does not fit the schema of its type.'],
  EVENT_VERSION: [
    'park',
    'An event or message is of a version this build does not know: upgrade the consumer, then replay.',
  ],
  EVENT_DEAD_LETTER: ['park', 'The broker gave a message up: its consumers died with it too often.'],
  HANDLER_FAILED: ['park', 'A module threw an error of its own: a bug, or data it cannot take.'],
  CONSUMER_STOPPED: [
    'retry',
    'Too many events of one partition were parked in a row: a broken deployment, not poison.',
  ],
  DB_DEADLOCK: ['retry', 'The database chose this transaction as a deadlock victim.'],
  DB_LOCK_TIMEOUT: ['retry', 'A row stayed locked longer than innodb_lock_wait_timeout.'],
  DB_CONNECTION: ['retry', 'The database cannot be reached, or the connection broke.'],
  DB_UNIT_TIMEOUT: [
    'retry',
    'A transaction took longer than its limit: the database is too slow for so many events, fewer are taken at once.',
  ],
  DB_READ_ONLY: ['retry', 'The database is read-only: a failover is under way, or the disk is full.'],
  DB_CONSTRAINT: ['park', 'A row breaks a key or a column limit.'],
  DB_QUERY: ['park', 'The database refused a statement.'],
  DB_SCHEMA: ['retry', 'The schema is missing or has another version: run `hlstats migrate`.'],
  DB_UNIT_SEALED: ['park', 'A module wrote after its unit of work was sealed: a missing await.'],
  DB_NO_UNIT: ['park', 'A module collected a write outside a unit of work: nothing would write it.'],
  DB_UNKNOWN_IDENTIFIER: ['park', 'A statement names a table or column that the schema does not have.'],
  QUEUE_UNAVAILABLE: ['retry', 'The broker cannot be reached.'],
  QUEUE_TOPOLOGY: [
    'retry',
    'A queue or exchange is missing or declared otherwise: run `hlstats topology declare`, which says what to do.',
  ],
  QUEUE_BUSY: ['retry', 'A queue that shall be replaced holds messages or has a consumer.'],
  QUEUE_TIMEOUT: ['retry', 'The queue path did not answer within its timeout.'],
  QUEUE_PARTITIONS: ['retry', 'This process runs with another number of partitions than the system.'],
  BUS_HANDLER: ['park', 'One or more subscribers of the local bus failed.'],
  BUS_TIMEOUT: ['retry', 'The local bus did not finish within its timeout.'],
  MODULE_REGISTRY: [
    'park',
    'Modules are registered wrongly: an event claimed but not handled, or handled but not claimed.',
  ],
  JOURNAL_FULL: ['retry', 'The journal reached its bound: the broker has been away for too long.'],
  JOURNAL_CORRUPT: ['retry', 'A journal segment does not match its checksum.'],
  JOURNAL_WRITE: ['retry', 'The journal cannot be written: disk full, or no permission.'],
  CONFIG_INVALID: ['retry', 'The configuration has problems; the message lists all of them.'],
  SERVICE_PORT: ['retry', 'A port is taken or may not be bound.'],
  SERVICE_UNREACHABLE: [
    'retry',
    'The standalone process that owns the database file does not answer the command line.',
  ],
  BACKEND_MISSING: ['retry', 'No RabbitMQ or no MariaDB/MySQL could be found or started.'],
  INPUT_INVALID: ['park', 'A command line argument or an input file is not usable.'],
} as const satisfies Record<string, readonly [Disposition, string]>

export type ErrorCode = keyof typeof CODES
