import { createLogger, Metrics, silentLogger } from '@hlstats/telemetry'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type RunningService,
  type ServiceContext,
  type ServiceOptions,
  startService,
} from './start-service.ts'

const running: RunningService[] = []

async function started(options: Partial<ServiceOptions> = {}) {
  const service = await startService({
    name: 'player',
    config: { httpPort: 0, stopWithinMs: 2_000 },
    logger: silentLogger(),
    metrics: new Metrics(),
    build: async () => undefined,
    ...options,
  })
  running.push(service)
  return service
}

async function get({ httpPort }: { httpPort: number }, path: string) {
  const response = await fetch(`http://127.0.0.1:${httpPort}${path}`)
  return { status: response.status, body: await response.text() }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()))
})

describe('startService', () => {
  it('answers /livez while it is still starting, and /readyz only once it has started', async () => {
    const port = Promise.withResolvers<number>()
    const finish = Promise.withResolvers<void>()
    const logger = createLogger({
      name: 'player',
      destination: { write: (line) => port.resolve(JSON.parse(line).http_port) },
    })
    const starting = started({ logger, build: () => finish.promise })
    const httpPort = await port.promise
    expect(await get({ httpPort }, '/livez')).toMatchObject({ status: 200 })
    expect(await get({ httpPort }, '/readyz')).toMatchObject({ status: 503 })
    finish.resolve()
    expect(await get(await starting, '/readyz')).toMatchObject({ status: 200 })
  })

  it('is not ready while a named check fails, and says which and why', async () => {
    let context: ServiceContext | undefined
    const service = await started({
      build: async (given) => {
        context = given
        given.ready.set('broker', true)
        given.ready.set('database', false, 'connection refused')
      },
    })
    const { status, body } = await get(service, '/readyz')
    expect(status).toBe(503)
    expect(JSON.parse(body)).toEqual({
      service: 'player',
      state: 'ready',
      ready: false,
      checks: { broker: { ok: true }, database: { ok: false, reason: 'connection refused' } },
    })
    context?.ready.set('database', true, 'an old version')
    const { status: later, body: noted } = await get(service, '/readyz')
    expect(later).toBe(200)
    expect(JSON.parse(noted)).toMatchObject({ checks: { database: { ok: true, note: 'an old version' } } })
  })

  it('serves the metrics of the process', async () => {
    const metrics = new Metrics()
    metrics.counter({ name: 'hlstats_events_total', help: 'Events.' }).inc(3)
    const { status, body } = await get(await started({ metrics }), '/metrics')
    expect(status).toBe(200)
    expect(body).toContain('hlstats_events_total 3')
  })

  it("serves a service's own routes beside them", async () => {
    const service = await started({ routes: (app) => void app.get('/verdict', async () => ({ pass: true })) })
    expect(await get(service, '/verdict')).toEqual({ status: 200, body: '{"pass":true}' })
  })

  it('stops last in, first out, and keeps going after a failure', async () => {
    const order: string[] = []
    const service = await started({
      build: async ({ onStop }) => {
        onStop('database', () => void order.push('database'))
        onStop('broker', () => {
          order.push('broker')
          throw new Error('connection lost')
        })
        onStop('consumer', async () => void order.push('consumer'))
      },
    })
    const { hung, failed } = await service.stop()
    expect(order).toEqual(['consumer', 'broker', 'database'])
    expect(failed).toEqual([{ name: 'broker', error: new Error('connection lost') }])
    expect(hung).toEqual([])
    await expect(get(service, '/livez')).rejects.toThrow()
  })

  it('stops once, however often it is asked', async () => {
    let stops = 0
    const service = await started({ build: async ({ onStop }) => onStop('x', () => void stops++) })
    await Promise.all([service.stop(), service.stop()])
    await service.stop()
    expect(stops).toBe(1)
  })

  it('is not ready any more while it drains', async () => {
    const draining = Promise.withResolvers<void>()
    const service = await started({ build: async ({ onStop }) => onStop('batch', () => draining.promise) })
    const stopping = service.stop()
    const { status, body } = await get(service, '/readyz')
    expect([status, JSON.parse(body).state]).toEqual([503, 'draining'])
    draining.resolve()
    await stopping
  })

  it('names what hung when the deadline passes, first what was running', async () => {
    const service = await started({
      config: { httpPort: 0, stopWithinMs: 50 },
      build: async ({ onStop }) => {
        onStop('database', () => undefined)
        onStop('consumer', () => new Promise(() => undefined))
      },
    })
    expect(await service.stop()).toEqual({ hung: ['consumer', 'database', 'http server'], failed: [] })
  })

  it('waits as long as it was told, however long that is', async () => {
    const service = await started({
      config: { httpPort: 0, stopWithinMs: 2 ** 32 },
      build: async ({ onStop }) => onStop('batch', () => new Promise((resolve) => setTimeout(resolve, 30))),
    })
    expect(await service.stop()).toEqual({ hung: [], failed: [] })
  })

  it('stops what was built when building fails, and throws the reason', async () => {
    const stopped: string[] = []
    const starting = started({
      build: async ({ onStop }) => {
        onStop('database', () => void stopped.push('database'))
        throw new Error('no schema')
      },
    })
    await expect(starting).rejects.toThrow('no schema')
    expect(stopped).toEqual(['database'])
  })

  it('says what to do about a taken port', async () => {
    const { httpPort } = await started()
    await expect(
      started({ name: 'shadow-consumer', config: { httpPort, stopWithinMs: 1_000 } }),
    ).rejects.toMatchObject({
      code: 'SERVICE_PORT',
      message: expect.stringMatching(`port ${httpPort} is taken: .* SHADOW_CONSUMER_HTTP_PORT`),
    })
  })
})
