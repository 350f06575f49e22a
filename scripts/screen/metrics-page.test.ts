import { createMetrics } from '@hlstats/telemetry'
import { expect, it } from 'vitest'
import { growthOf, parseMetrics, total } from './metrics-page.ts'

it('reads the page that our processes write', async () => {
  const metrics = createMetrics()
  const dropped = metrics.counter({ name: 'hlstats_dropped_total', help: 'x', labels: ['reason'] })
  dropped.inc({ reason: 'mal "formed", } \\' }, 3)
  dropped.inc({ reason: 'b' }, 4)
  const samples = parseMetrics(await metrics.text())
  expect(total(samples, 'hlstats_dropped_total')).toBe(7)
  expect(samples.find(({ name, value }) => name === 'hlstats_dropped_total' && value === 4)?.labels).toEqual({
    reason: 'b',
  })
})

it('says what a histogram grew by between two readings', async () => {
  const metrics = createMetrics()
  const age = metrics.histogram({ name: 'hlstats_age_seconds', help: 'x', buckets: [0.1, 0.5, 1] })
  age.observe(0.9)
  const before = parseMetrics(await metrics.text())
  expect(growthOf('hlstats_age_seconds', before, before)).toBeUndefined()
  for (let index = 0; index < 99; index++) age.observe(0.05)
  age.observe(0.4)
  const now = parseMetrics(await metrics.text())
  expect(growthOf('hlstats_age_seconds', before, now)).toEqual({
    count: 100,
    mean: expect.closeTo(0.0535),
    p99: 0.1,
  })
  age.observe(4)
  age.observe(4)
  const later = parseMetrics(await metrics.text())
  expect(growthOf('hlstats_age_seconds', now, later)?.p99).toBe(Number.POSITIVE_INFINITY)
})
