import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { StatsError } from '@hlstats/errors'

/** Where ingress takes datagrams. */
export interface UdpTarget {
  readonly host: string
  readonly port: number
}

/** A line and the `ip:port` of the game server that says it. */
export interface ServerLine {
  readonly server: string
  readonly line: Buffer
}

/** A way to make ingress believe that a line is a game server's. */
export interface Speaker {
  say(line: ServerLine): Promise<void>
  close(): void
}

const HEAD = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from('log ')])

/** Speaks for all servers from one socket, in envelopes that the proxy key opens. */
export async function proxySpeaker(target: UdpTarget, proxyKey: string): Promise<Speaker> {
  const socket = await openSocket(target)
  return {
    say: ({ server, line }) => send(socket, proxiedDatagram({ proxyKey, server }, line)),
    close: () => socket.close(),
  }
}

/** A line as a program sends it that speaks for a game server. */
export function proxiedDatagram(
  { proxyKey, server }: { readonly proxyKey: string; readonly server: string },
  line: Buffer,
): Buffer {
  return Buffer.concat([Buffer.from(`PROXY Key=${proxyKey} ${server}PROXY `), HEAD, line])
}

/** A socket for each server, bound to the server's own address: what ingress sees of real game servers. */
export async function ownSpeaker(target: UdpTarget, servers: readonly string[]): Promise<Speaker> {
  const sockets = new Map<string, Socket>()
  const close = () => {
    for (const socket of sockets.values()) socket.close()
  }
  try {
    for (const server of servers) sockets.set(server, await openSocket(target, server))
  } catch (error) {
    close()
    throw error
  }
  return {
    say: ({ server, line }) => {
      const socket = sockets.get(server)
      if (socket === undefined) throw new RangeError(`${server} has no socket`)
      return send(socket, Buffer.concat([HEAD, line]))
    },
    close,
  }
}

async function openSocket({ host, port }: UdpTarget, from?: string): Promise<Socket> {
  const socket = createSocket('udp4')
  try {
    if (from !== undefined) {
      const [address, ownPort] = from.split(':')
      socket.bind({ address, port: Number(ownPort), exclusive: true })
      await once(socket, 'listening')
    }
    socket.connect(port, host)
    await once(socket, 'connect')
  } catch (cause) {
    socket.close()
    throw openError(cause, { host, from })
  }
  // That nobody listens is told by the answer to an earlier datagram; the next `send` fails with it as well.
  socket.on('error', () => undefined)
  return socket
}

function openError(cause: unknown, { host, from }: { host: string; from: string | undefined }): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `${from} is taken by another program: name other addresses with --server`,
    EADDRNOTAVAIL: `${from} is no address of this machine: name some with --server, or speak by proxy`,
    EINVAL: `${from} cannot reach ${host}: name addresses of the same network with --server`,
    ENOTFOUND: `${host} cannot be resolved: name ingress' address with --to`,
  }
  const reason = reasons[code]
  return reason === undefined ? cause : new StatsError('INPUT_INVALID', reason, { cause })
}

function send(socket: Socket, datagram: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(datagram, (error) => {
      if (error === null) resolve()
      else reject(sendError(datagram, error))
    })
  })
}

function sendError(datagram: Buffer, cause: Error): StatsError {
  const code = 'code' in cause ? String(cause.code) : ''
  const reasons: Readonly<Record<string, string>> = {
    EMSGSIZE: `a line of ${datagram.length} bytes does not fit into a datagram`,
    ECONNREFUSED: 'nothing listens there: start ingress, or name its address with --to',
  }
  return new StatsError('INPUT_INVALID', reasons[code] ?? `a datagram cannot be sent: ${cause.message}`, {
    cause,
  })
}
