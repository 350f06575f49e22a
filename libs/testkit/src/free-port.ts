import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

// Below the ports that Linux (32768 and up) and macOS give to outgoing connections: one of those may be a connection's own
// when the program that was told to listen on it starts, or starts again. And below what game servers and RabbitMQ listen on.
const FIRST = 16_384
const END = 25_600
// The first port of a block is held while this process lives, so that no other process gives out the rest of it.
const BLOCK = 64

const ports = freePorts()

/** A TCP port of 127.0.0.1 that no other process of ours is given: the wanted one if it is free. */
export async function freeTcpPort(wanted?: number): Promise<number> {
  return wanted !== undefined && (await isFree(wanted)) ? wanted : nextPort()
}

/** A UDP port of 127.0.0.1 that no other process of ours is given. */
export function freeUdpPort(): Promise<number> {
  return nextPort()
}

async function nextPort(): Promise<number> {
  return (await ports.next()).value
}

async function* freePorts(): AsyncGenerator<number, never> {
  for (;;) {
    const first = await claimBlock()
    for (let port = first + 1; port < first + BLOCK; port++) if (await isFree(port)) yield port
  }
}

async function claimBlock(): Promise<number> {
  const blocks = (END - FIRST) / BLOCK
  for (let tried = 0; tried < blocks; tried++) {
    const first = FIRST + ((process.pid + tried) % blocks) * BLOCK
    const claim = await listen(first)
    if (claim === undefined) continue
    claim.unref()
    return first
  }
  throw new Error(`every block of ports from ${FIRST} to ${END} is taken`)
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port)
  if (server === undefined) return false
  const socket = createSocket('udp4').bind(port, '127.0.0.1')
  const isBound = await once(socket, 'listening').then(
    () => true,
    () => false,
  )
  socket.close()
  server.close()
  await once(server, 'close')
  return isBound
}

async function listen(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1')
  return once(server, 'listening').then(
    () => server,
    () => undefined,
  )
}
