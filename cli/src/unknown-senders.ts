import { StatsError } from '@hlstats/errors'
import { UNKNOWN_SENDERS, type UnknownSender } from '@hlstats/ingress/unknown-senders'
import { Check } from 'typebox/value'

const ANSWER_WITHIN_MS = 5_000

/** Whom ingress turned away since it started, the latest first. */
export async function unknownSenders(ingressUrl: string): Promise<readonly UnknownSender[]> {
  try {
    const response = await fetch(`${ingressUrl}/unknown-senders`, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    if (!response.ok) throw new Error(`it answers ${response.status}`)
    const answer: unknown = await response.json()
    if (!Check(UNKNOWN_SENDERS, answer)) throw new Error('what it answers is no list of senders')
    return answer.senders
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const remedy = 'name the address of its probes and metrics with --ingress-url'
    throw new StatsError('SERVICE_UNREACHABLE', `no ingress at ${ingressUrl} (${why}): ${remedy}`, { cause })
  }
}
