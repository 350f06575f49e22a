import { type ConfigOf, field, shared } from '@hlstats/config'

const MEBIBYTE = 1024 * 1024

/** What ingress can be told by its environment. */
export const ingressConfig = {
  prefix: 'INGRESS',
  fields: {
    udpAddress: field.string({
      default: '0.0.0.0',
      meaning: 'Address that game servers send their logs to; 0.0.0.0 is every address of this machine.',
    }),
    udpPort: field.integer({
      default: 27_500,
      min: 0,
      max: 65_535,
      meaning: 'UDP port that game servers send their logs to; 0 takes a free one.',
    }),
    udpBufferBytes: field.integer({
      default: 4 * MEBIBYTE,
      min: 65_536,
      max: 1024 * MEBIBYTE,
      meaning: 'Receive buffer asked of the kernel: what a burst may hold while the process is busy.',
    }),
    logHttpPort: field.integer({
      default: 27_500,
      min: 0,
      max: 65_535,
      meaning:
        'TCP port that game servers post their logs to (CS2: logaddress_add_http), on the address of UDP; 0 takes a free one.',
    }),
    logHttpKnownBy: field.choice(
      ['token', 'source', 'header'],
      'token',
      'How a server that posts is known: by the token in its URL only; where it has none also by the address that it posts from, with the port of its X-Server-Addr header; or by that header alone, which is whatever the sender writes.',
    ),
    logHttpRequestMs: field.integer({
      default: 10_000,
      min: 100,
      max: 600_000,
      meaning:
        'Milliseconds until a posted log has to be here whole; a game server gives up after ten seconds.',
    }),
    httpPort: field.port(8080),
    stopWithinMs: field.integer({
      default: 10_000,
      min: 100,
      max: 600_000,
      meaning: 'Milliseconds until a stop that hangs is cut off.',
    }),
    journalDir: field.string({
      default: './data/journal',
      meaning:
        'Directory of the journal and of what is known of the game servers; it must survive a restart.',
    }),
    journalMaxBytes: field.integer({
      default: 1024 * MEBIBYTE,
      min: MEBIBYTE,
      meaning: 'Bound of the journal: how much is kept while nobody takes it.',
    }),
    journalFsync: field.choice(
      ['never', 'interval', 'always'],
      'never',
      'When the journal is forced to disk; it matters for a loss of power only.',
    ),
    linesPerSecond: field.integer({
      default: 50_000,
      min: 1_000,
      meaning:
        'Lines that one game server may send in a second, twice as many at once. More datagrams are dropped and counted, posted logs have to come again.',
    }),
    batchMs: field.integer({
      default: 20,
      min: 0,
      max: 1_000,
      meaning: 'Milliseconds that events wait for others to share a journal record with.',
    }),
    reloadMs: field.integer({
      default: 30_000,
      min: 100,
      meaning: 'Milliseconds between readings of servers, options and actions from the database.',
    }),
    auditMs: field.integer({
      default: 5_000,
      min: 100,
      meaning: 'Milliseconds between audit records: what the shadow consumer compares with.',
    }),
    tickMs: field.integer({
      default: 300_000,
      min: 1_000,
      meaning: 'Milliseconds between load samples of a server, and of silence until it counts as idle.',
    }),
    databaseUrl: shared.databaseUrl,
    amqpUrl: shared.amqpUrl,
    partitions: shared.partitions,
    logLevel: shared.logLevel,
    logFormat: shared.logFormat,
  },
}

export type IngressConfig = ConfigOf<(typeof ingressConfig)['fields']>
