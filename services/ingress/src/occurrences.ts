import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'

/** Why a line, a posted body or an event was not taken. */
export type DropReason =
  | 'unknownServer'
  | 'proxyKey'
  | 'logSecret'
  | 'rateLimit'
  | 'httpToken'
  | 'httpRequest'
  | 'malformed'
  | 'oversize'
  | 'overload'
  | 'journalFull'
  | 'journalWrite'

export type IngressOccurrences = ReturnType<typeof ingressOccurrences>

/** Everything that ingress counts and says. */
export function ingressOccurrences(logger: ILogger, metrics: Metrics) {
  const occurrences = new Occurrences({ logger, metrics })
  return {
    ...trafficCounters(metrics),
    dropped: occurrences.define<'reason'>({
      counter: 'hlstats_ingress_dropped_total',
      help: 'Datagrams, requests and events that were not taken, by reason.',
      labels: ['reason'],
      level: LogLevel.WARN,
      message: 'dropped',
    }),
    ...registrationOccurrences(occurrences),
    ...postOccurrences(occurrences),
    unrecognised: occurrences.define<'reason'>({
      counter: 'hlstats_ingress_unrecognised_total',
      help: 'Log lines that the parser does not know, by why.',
      labels: ['reason'],
      level: LogLevel.DEBUG,
      message: 'line not recognised',
    }),
    reloadFailed: occurrences.define({
      counter: 'hlstats_ingress_reload_failures_total',
      help: 'Readings of servers and options from the database that failed.',
      level: LogLevel.WARN,
      message: 'servers cannot be read from the database: going on with those known',
    }),
    stateNotStored: occurrences.define({
      counter: 'hlstats_ingress_state_failures_total',
      help: 'Writes of the server state that failed; a restart before the next one forgets who is playing.',
      level: LogLevel.ERROR,
      message: 'state of the game servers cannot be written',
    }),
    socketFailed: occurrences.define({
      counter: 'hlstats_ingress_socket_errors_total',
      help: 'Errors of the UDP socket.',
      level: LogLevel.ERROR,
      message: 'the UDP socket reported an error',
    }),
  }
}

function postOccurrences(occurrences: Occurrences) {
  return {
    postRefused: occurrences.define<'reason'>({
      counter: 'hlstats_ingress_http_refused_total',
      help: 'Posted logs that could not be taken now, by reason; their servers post them again.',
      labels: ['reason'],
      level: LogLevel.WARN,
      message: 'posted log refused: the game server will post it again',
    }),
    postFailed: occurrences.define({
      counter: 'hlstats_ingress_http_failures_total',
      help: 'Posted logs whose reading ended in an error of our own.',
      level: LogLevel.ERROR,
      message: 'a posted log could not be read',
    }),
  }
}

function registrationOccurrences(occurrences: Occurrences) {
  return {
    registered: occurrences.define({
      counter: 'hlstats_ingress_registered_total',
      help: 'Game servers that were registered because they send from an allowed network.',
      level: LogLevel.INFO,
      message: 'game server registered: it sends from an allowed network',
    }),
    registrationFailed: occurrences.define({
      counter: 'hlstats_ingress_registration_failures_total',
      help: 'Registrations of game servers of allowed networks that failed; their next datagrams try again.',
      level: LogLevel.WARN,
      message: 'game server of an allowed network cannot be registered',
    }),
    registrationRefused: occurrences.define({
      counter: 'hlstats_ingress_registrations_refused_total',
      help: 'Datagrams of unregistered servers of allowed networks after 256 registrations in one life of ingress.',
      level: LogLevel.WARN,
      message: 'too many servers of allowed networks: register the next ones with hlstats servers add',
    }),
  }
}

/** What is counted and not worth a line in the log. */
function trafficCounters(metrics: Metrics) {
  const lines = metrics.counter({
    name: 'hlstats_ingress_lines_total',
    help: 'Log lines by kind and by what became of them: published, silent (no event follows) or unrecognised.',
    labels: ['kind', 'outcome'],
  })
  const datagrams = metrics.counter({
    name: 'hlstats_ingress_datagrams_received_total',
    help: 'Datagrams that reached the process.',
  })
  const bodies = metrics.counter({
    name: 'hlstats_ingress_http_bodies_total',
    help: 'Bodies posted by known game servers, by what became of them: taken, repeated (nothing new in it) or refused.',
    labels: ['outcome'],
  })
  const bytes = metrics.counter({
    name: 'hlstats_ingress_http_bytes_total',
    help: 'Bytes of posted logs: new ones, repeated ones that were left out, and missing ones that the game server skipped.',
    labels: ['kind'],
  })
  const events = metrics.counter({
    name: 'hlstats_ingress_events_total',
    help: 'Events made from log lines, by type and by whether they count.',
    labels: ['type', 'counted'],
  })
  return {
    received: () => datagrams.inc(),
    bodyPosted: (outcome: 'taken' | 'repeated' | 'refused') => bodies.inc({ outcome }),
    bytesPosted: (kind: 'new' | 'repeated' | 'missing', count: number) => bytes.inc({ kind }, count),
    lineRead: (kind: string, outcome: 'published' | 'silent' | 'unrecognised') =>
      lines.inc({ kind, outcome }),
    eventMade: (type: string, counted: string) => events.inc({ type, counted }),
  }
}
