/** What a pipeline asks: may it go on, must it stop, or can't it be said yet? */
export type Verdict = 'pass' | 'fail' | 'unknown'

/** What the verdict is made of. */
export interface Evidence {
  /** Found wrong within the window, by kind. */
  readonly findings: Readonly<Record<string, number>>
  /** Seconds that each service is behind with its committed positions. */
  readonly lagSeconds: Readonly<Record<string, number>>
  readonly maxLagSeconds: number
  /** Whether an audit record agreed within the window. */
  readonly hasMatched: boolean
  /** Why this process can't see everything just now; empty when it can. */
  readonly blindBecause: readonly string[]
}

/** A fault that was seen weighs more than not seeing all; not seeing weighs more than having seen nothing wrong. */
export function verdictOf(evidence: Evidence): {
  readonly verdict: Verdict
  readonly reasons: readonly string[]
} {
  const { findings, lagSeconds, maxLagSeconds, hasMatched, blindBecause } = evidence
  const faults = [
    ...Object.entries(findings)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${count} ${kind}`),
    ...Object.entries(lagSeconds)
      .filter(([, seconds]) => seconds > maxLagSeconds)
      .map(
        ([service, seconds]) => `${service} is ${Math.round(seconds)} s behind, more than ${maxLagSeconds} s`,
      ),
  ]
  if (faults.length > 0) return { verdict: 'fail', reasons: faults }
  if (blindBecause.length > 0) return { verdict: 'unknown', reasons: blindBecause }
  if (!hasMatched) return { verdict: 'unknown', reasons: ['no audit record was compared within the window'] }
  return { verdict: 'pass', reasons: [] }
}
