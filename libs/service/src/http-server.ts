import { StatsError } from '@hlstats/errors'
import type { Metrics } from '@hlstats/telemetry'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Readiness } from './readiness.ts'

interface HttpServerOptions {
  readonly service: string
  readonly port: number
  readonly readiness: Readiness
  readonly metrics: Metrics
  /** Adds a service's own routes, before the port is open. */
  readonly routes?: (app: FastifyInstance) => void
}

/** Serves /livez, /readyz and /metrics; closing it closes open connections too. */
export async function startHttpServer(
  options: HttpServerOptions,
): Promise<{ app: FastifyInstance; port: number }> {
  const { service, port, readiness, metrics, routes } = options
  const app = Fastify({ forceCloseConnections: true })
  // Answering at all is the proof: an event loop that hangs does not.
  app.get('/livez', async () => ({ service, state: readiness.state }))
  app.get('/readyz', async (_request, reply) => {
    const report = readiness.report()
    return reply.code(report.ready ? 200 : 503).send({ service, ...report })
  })
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
  routes?.(app)
  try {
    await app.listen({ port, host: '0.0.0.0' })
  } catch (cause) {
    await app.close()
    throw portError(service, port, cause)
  }
  const address = app.server.address()
  return { app, port: typeof address === 'object' ? (address?.port ?? port) : port }
}

function portError(service: string, port: number, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const variable = `${service.toUpperCase().replaceAll('-', '_')}_HTTP_PORT`
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} is taken: stop the program that listens there, or set ${variable} to a free port`,
    EACCES: `port ${port} may not be opened by this user: set ${variable} to a port above 1023`,
  }
  const reason = reasons[String(code)]
  return reason === undefined ? cause : new StatsError('SERVICE_PORT', reason, { cause })
}
