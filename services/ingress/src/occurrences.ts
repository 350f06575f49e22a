import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'

/** Why a line or an event was not taken. */
export type DropReason =
  | 'unknownServer'
  | 'proxyKey'
  | 'logSecret'
  | 'malformed'
  | 'oversize'
  | 'overload'
  | 'journalFull'
  | 'journalWrite'

export type IngressOccurrences = ReturnType<typeof ingressOccurrences>

/** Everything that ingress counts and says. */
export function ingressOccurrences(logger: ILogger, metrics: Metrics) {
  const occurrences = new Occurrences({ logger, metrics })
  const lines = metrics.counter({
    name: 'hlstats_ingress_lines_total',
    help: 'Log lines by kind and by what became of them: published, silent (no event follows) or unrecognised.',
    labels: ['kind', 'outcome'],
  })
  const datagrams = metrics.counter({
    name: 'hlstats_ingress_datagrams_received_total',
    help: 'Datagrams that reached the process.',
  })
  const events = metrics.counter({
    name: 'hlstats_ingress_events_total',
    help: 'Events made from log lines, by type and by whether they count.',
    labels: ['type', 'counted'],
  })
  return {
    received: () => datagrams.inc(),
    lineRead: (kind: string, outcome: 'published' | 'silent' | 'unrecognised') =>
      lines.inc({ kind, outcome }),
    eventMade: (type: string, counted: string) => events.inc({ type, counted }),
    dropped: occurrences.define<'reason'>({
      counter: 'hlstats_ingress_dropped_total',
      help: 'Datagrams and events that were not taken, by reason.',
      labels: ['reason'],
      level: LogLevel.WARN,
      message: 'dropped',
    }),
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
