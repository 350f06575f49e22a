import type { Metrics } from '@hlstats/telemetry'
import type { Verdict } from './rules/verdict.ts'
import type { AuditOutcome } from './server-ledger.ts'

/** What a scrape asks for at that moment. */
export interface ShadowState {
  readonly verdict: Verdict
  readonly lag: Readonly<Record<string, { readonly seconds: number; readonly records: number }>>
  readonly missing: number
  readonly waiting: number
}

/** The metrics of the shadow consumer, its findings excepted. */
export function shadowTelemetry(metrics: Metrics, state: () => ShadowState) {
  const events = metrics.counter({
    name: 'hlstats_shadow_events_total',
    help: 'Events that came through the shadow queue, by type.',
    labels: ['event_type'],
  })
  const repeats = metrics.counter({
    name: 'hlstats_shadow_repeats_total',
    help: 'Messages sent or delivered again on purpose: after a reconnect, a restart, a lost confirm.',
  })
  const audits = metrics.counter({
    name: 'hlstats_shadow_audits_total',
    help: 'Audit records of ingress by how the comparison ended.',
    labels: ['outcome'],
  })
  for (const outcome of ['matched', 'mismatched', 'incomplete', 'blind']) audits.inc({ outcome }, 0)
  const kills = metrics.counter({
    name: 'hlstats_shadow_kills_compared_total',
    help: 'Kills that were seen in the queue and found as rows of hlstats_Events_Frags.',
  })
  measureState(metrics, state)
  return {
    event: (type: string) => events.inc({ event_type: type }),
    repeat: () => repeats.inc(),
    audit: (outcome: AuditOutcome) => audits.inc({ outcome }),
    killsCompared: (count: number) => kills.inc(count),
  }
}

function measureState(metrics: Metrics, state: () => ShadowState): void {
  metrics.gauge({
    name: 'hlstats_shadow_verdict',
    help: '1 for the present verdict, 0 for the others.',
    labels: ['verdict'],
    collect: (gauge) => {
      const { verdict } = state()
      for (const name of ['pass', 'fail', 'unknown']) gauge.set({ verdict: name }, verdict === name ? 1 : 0)
    },
  })
  metrics.gauge({
    name: 'hlstats_shadow_service_lag_seconds',
    help: 'Age of the oldest record that was seen here and is not committed by the service.',
    labels: ['consumer'],
    collect: (gauge) => {
      for (const [consumer, { seconds }] of Object.entries(state().lag)) gauge.set({ consumer }, seconds)
    },
  })
  metrics.gauge({
    name: 'hlstats_shadow_service_lag_records',
    help: 'Records that were seen here and are not committed by the service.',
    labels: ['consumer'],
    collect: (gauge) => {
      for (const [consumer, { records }] of Object.entries(state().lag)) gauge.set({ consumer }, records)
    },
  })
  metrics.gauge({
    name: 'hlstats_shadow_missing_events',
    help: 'Sequences that are waited for, not yet given up as missing.',
    collect: (gauge) => gauge.set(state().missing),
  })
  metrics.gauge({
    name: 'hlstats_shadow_waiting_messages',
    help: 'Messages in the shadow queue that are not here yet: its own backlog.',
    collect: (gauge) => gauge.set(state().waiting),
  })
}
