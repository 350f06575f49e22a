import { describe, expect, it } from 'vitest'
import { createMetrics, Metrics } from './index.ts'

describe('Metrics', () => {
  it('exposes what was counted in the Prometheus format', async () => {
    const metrics = new Metrics()
    metrics.counter({ name: 'hlstats_events_total', help: 'Events.', labels: ['type'] }).inc({ type: 'A' }, 2)
    expect(await metrics.text()).toContain('hlstats_events_total{type="A"} 2')
  })

  it('gives the same instrument for the same name, and refuses another shape', async () => {
    const metrics = new Metrics()
    const options = { name: 'hlstats_events_total', help: 'Events.', labels: ['type'] } as const
    metrics.counter(options).inc({ type: 'A' })
    metrics.counter(options).inc({ type: 'A' })
    expect(await metrics.value('hlstats_events_total', { type: 'A' })).toBe(2)
    expect(() => metrics.gauge(options)).toThrow('registered already, as a counter')
    expect(() => metrics.counter({ ...options, labels: ['module'] })).toThrow('with labels [type]')
  })

  it('refuses a name outside the project', () => {
    expect(() => new Metrics().counter({ name: 'events', help: 'H.' })).toThrow('must be named hlstats_')
  })

  it('asks a gauge for its value when it is read', async () => {
    const metrics = new Metrics()
    let depth = 3
    metrics.gauge({ name: 'hlstats_depth', help: 'Depth.', collect: (gauge) => gauge.set(depth) })
    depth = 4
    expect(await metrics.text()).toContain('hlstats_depth 4')
  })

  it('sums the matching series and counts observations', async () => {
    const metrics = new Metrics()
    const counter = metrics.counter({ name: 'hlstats_a_total', help: 'H.', labels: ['x', 'y'] })
    counter.inc({ x: '1', y: '1' })
    counter.inc({ x: '1', y: '2' }, 5)
    counter.inc({ x: '2', y: '2' }, 9)
    const seconds = metrics.histogram({ name: 'hlstats_b_seconds', help: 'H.', buckets: [1, 2] })
    seconds.observe(1)
    seconds.observe(50)
    expect(await metrics.value('hlstats_a_total', { x: '1' })).toBe(6)
    expect(await metrics.value('hlstats_b_seconds')).toBe(2)
    await expect(metrics.value('hlstats_c_total')).rejects.toThrow('not registered')
  })

  it('lists what is registered by name', () => {
    const metrics = new Metrics()
    metrics.gauge({ name: 'hlstats_b', help: 'B.' })
    metrics.counter({ name: 'hlstats_a_total', help: 'A.', labels: ['x'] })
    expect(metrics.list()).toEqual([
      { name: 'hlstats_a_total', kind: 'counter', help: 'A.', labels: ['x'] },
      { name: 'hlstats_b', kind: 'gauge', help: 'B.', labels: [] },
    ])
  })

  it("brings Node's own metrics for a process", async () => {
    expect(await createMetrics().text()).toContain('nodejs_eventloop_lag_seconds')
  })
})
