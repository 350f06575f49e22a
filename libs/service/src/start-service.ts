import type { ILogger, Metrics } from '@hlstats/telemetry'
import type { FastifyInstance } from 'fastify'
import { startHttpServer } from './http-server.ts'
import { Readiness } from './readiness.ts'
import { type StopOutcome, Stops } from './stops.ts'

/** What a service's composition root gets. */
export interface ServiceContext {
  /** Registers a stop; the last registered runs first. Call it as soon as there is something to stop. */
  readonly onStop: (name: string, stop: () => void | Promise<void>) => void
  /** The named conditions of /readyz. */
  readonly ready: Pick<Readiness, 'set'>
}

export interface ServiceOptions {
  readonly name: string
  readonly config: { readonly httpPort: number; readonly stopWithinMs: number }
  readonly logger: ILogger
  readonly metrics: Metrics
  readonly build: (context: ServiceContext) => Promise<void>
  /** Routes beside /livez, /readyz and /metrics. */
  readonly routes?: (app: FastifyInstance) => void
}

/** A service that runs in this process. */
export interface RunningService {
  readonly httpPort: number
  /** Readiness off, then every stop within the deadline; asked twice, it is the same stop. */
  stop(): Promise<StopOutcome>
}

/** Opens the HTTP port, builds the service and turns it ready; when building fails, what was built is stopped again. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { name, config, logger, metrics, build, routes } = options
  const readiness = new Readiness()
  const stops = new Stops()
  const { app, port } = await startHttpServer({
    service: name,
    port: config.httpPort,
    readiness,
    metrics,
    ...(routes === undefined ? {} : { routes }),
  })
  stops.add('http server', () => app.close())
  logger.info('starting', { http_port: port })

  let stopping: Promise<StopOutcome> | undefined
  const stop = () => {
    stopping ??= drain({ readiness, stops, logger, withinMs: config.stopWithinMs })
    return stopping
  }
  try {
    await build({ onStop: (what, fn) => stops.add(what, fn), ready: readiness })
  } catch (error) {
    await stop()
    throw error
  }
  readiness.enter('ready')
  logger.info('ready', { http_port: port })
  return { httpPort: port, stop }
}

interface Draining {
  readonly readiness: Readiness
  readonly stops: Stops
  readonly logger: ILogger
  readonly withinMs: number
}

async function drain({ readiness, stops, logger, withinMs }: Draining): Promise<StopOutcome> {
  readiness.enter('draining')
  logger.info('draining', { within_ms: withinMs })
  const outcome = await stops.run(withinMs)
  readiness.enter('stopped')
  for (const { name, error } of outcome.failed) logger.error('a stop failed', { stop: name, err: error })
  if (outcome.hung.length > 0) logger.error('the stop took too long', { hung: outcome.hung })
  else logger.info('stopped')
  return outcome
}
