import { StatsError } from '@hlstats/errors'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { KnownServer } from './known-server.ts'
import type { PostedBody } from './log-position.ts'
import type { IngressOccurrences } from './occurrences.ts'
import type { PostedLogs } from './posted-logs.ts'
import type { ServerDirectory } from './server-directory.ts'
import type { UnknownSenders } from './unknown-senders.ts'

interface LogHttpOptions {
  readonly address: string
  readonly port: number
  /** What the names of the settings begin with. */
  readonly settings: string
  readonly knownBy: 'token' | 'source' | 'header'
  readonly directory: Pick<ServerDirectory, 'find' | 'findByKey'>
  readonly logs: Pick<PostedLogs, 'take'>
  readonly strangers: UnknownSenders
  readonly occurrences: IngressOccurrences
  /** Until a request has to be whole. */
  readonly requestMs: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who posts: found before the body is read. */
    gameServer: KnownServer | undefined
  }
}

// CS2 posts up to 250 KB at once.
const MOST_BODY_BYTES = 1024 * 1024
const MOST_REQUESTS = 64
const MOST_CONNECTIONS = 1_024
const KEEP_ALIVE_MS = 75_000
const RETRY_AFTER_S = '1'

/** Where game servers post their logs: apart from the port with the metrics, because it is open to the world. */
export class LogHttpServer {
  readonly #options: LogHttpOptions
  readonly #app: FastifyInstance
  #requests = 0

  private constructor(options: LogHttpOptions) {
    const { requestMs } = options
    this.#options = options
    this.#app = Fastify({
      forceCloseConnections: true,
      bodyLimit: MOST_BODY_BYTES,
      requestTimeout: requestMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      routerOptions: { maxParamLength: 64 },
      http: { headersTimeout: requestMs, connectionsCheckingInterval: Math.min(requestMs, 1_000) },
      clientErrorHandler: (_error, socket) => {
        options.occurrences.dropped({ reason: 'httpRequest' })
        socket.destroy()
      },
    })
    this.#app.server.maxConnections = MOST_CONNECTIONS
    this.#addRoutes()
  }

  /** Resolves when the port is open; a port that cannot be had is a SERVICE_PORT error with the remedy. */
  static async open(options: LogHttpOptions): Promise<LogHttpServer> {
    const server = new LogHttpServer(options)
    try {
      await server.#app.listen({ port: options.port, host: options.address })
    } catch (cause) {
      await server.close()
      throw portError(options, cause)
    }
    return server
  }

  get port(): number {
    const address = this.#app.server.address()
    return typeof address === 'object' ? (address?.port ?? 0) : 0
  }

  /** Closes open connections too: what was not answered is posted again. */
  async close(): Promise<void> {
    await this.#app.close()
  }

  #addRoutes(): void {
    const app = this.#app
    app.decorateRequest('gameServer', undefined)
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.addHook('preParsing', async ({ headers }, _reply, payload) => {
      if (headers['content-encoding'] === undefined) return payload
      // No game server does; it would have to be bounded unpacked as well.
      throw Object.assign(new Error('compressed'), { statusCode: 415 })
    })
    app.setErrorHandler((err: { statusCode?: number }, { gameServer }, reply) => {
      const { occurrences } = this.#options
      const status = err.statusCode ?? 500
      if (status < 500) occurrences.dropped({ reason: status === 413 ? 'oversize' : 'httpRequest' })
      // A bug. Its lines are held to be read when they come again: they must not block the log for ever.
      else occurrences.postFailed({}, { err, server_id: gameServer?.settings.serverId ?? 0 })
      return reply.code(status).send()
    })
    for (const url of ['/', '/:token']) {
      app.post<{ Params: { token?: string }; Querystring: { token?: unknown } }>(
        url,
        { onRequest: (request, reply) => this.#admit(request, reply) },
        (request, reply) => this.#take(request, reply),
      )
    }
  }

  // Before a byte of the body is read: whoever is not known cannot make us hold anything.
  async #admit(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { occurrences } = this.#options
    const known = this.#senderOf(request)
    if (known === undefined) {
      occurrences.dropped({ reason: 'httpToken' }, { sender: sourceOf(request) })
      return refuse(reply, 401)
    }
    if (this.#requests >= MOST_REQUESTS) {
      occurrences.postRefused({ reason: 'overload' }, { server_id: known.settings.serverId })
      return refuse(reply, 503)
    }
    this.#requests += 1
    // However it ends: answered, or with a connection that is gone.
    reply.raw.once('close', () => {
      this.#requests -= 1
    })
    request.gameServer = known
    return undefined
  }

  async #take(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { gameServer, body } = request
    if (gameServer === undefined) return refuse(reply, 401)
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
    const isTaken = await this.#options.logs.take(gameServer, postedBody(request, bytes))
    // CS2 takes 200 and nothing else for an answer; after anything else it sends the same lines again.
    return isTaken ? reply.code(200).send() : refuse(reply, 503)
  }

  #senderOf(request: FastifyRequest): KnownServer | undefined {
    const { directory, knownBy, strangers } = this.#options
    const { token } = request.params as { token?: string }
    const given = token ?? (request.query as { token?: unknown }).token
    if (typeof given === 'string') return directory.findByKey('httpToken', given)
    const address = addressOf(request, knownBy)
    if (address === undefined) return undefined
    const known = knownBy === 'token' ? undefined : directory.find(address)
    if (known !== undefined && !known.keyed) return known
    strangers.note(address, Date.now(), 'post')
    return undefined
  }
}

function refuse(reply: FastifyReply, status: 401 | 503): FastifyReply {
  if (status === 503) reply.header('retry-after', RETRY_AFTER_S)
  // The body was not read: what follows on this connection would be taken for a request.
  return reply.code(status).header('connection', 'close').send()
}

function sourceOf({ ip }: FastifyRequest): string {
  return ip.replace(/^::ffff:/, '')
}

/** `ip:port` of a game server by what it says of itself; undefined where it says nothing usable. */
function addressOf(request: FastifyRequest, knownBy: LogHttpOptions['knownBy']): string | undefined {
  const said = /^([\d.]{7,15}):(\d{1,5})$/.exec(header(request, 'x-server-addr'))
  if (said === null) return undefined
  return `${knownBy === 'header' ? said[1] : sourceOf(request)}:${said[2]}`
}

function postedBody(request: FastifyRequest, bytes: Buffer): PostedBody {
  const [from, to] = [header(request, 'x-logbytes-beginoffset'), header(request, 'x-logbytes-endoffset')]
  const begin = Number(from)
  // Offsets that do not fit the body tell nothing about it.
  const fits = /^\d{1,15}$/.test(from) && Number(to) - begin === bytes.length
  return {
    instance: header(request, 'x-server-instance-token').slice(0, 64),
    begin: fits ? begin : undefined,
    bytes,
  }
}

function header(request: FastifyRequest, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

function portError({ port, settings }: Pick<LogHttpOptions, 'port' | 'settings'>, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const remedies: Readonly<Record<string, string>> = {
    EADDRINUSE: `TCP port ${port} is taken: stop the program that listens there, or set ${settings}_LOG_HTTP_PORT to a free port`,
    EACCES: `TCP port ${port} may not be opened by this user: set ${settings}_LOG_HTTP_PORT to a port above 1023`,
  }
  const remedy = remedies[code]
  return remedy === undefined ? cause : new StatsError('SERVICE_PORT', remedy, { cause })
}
