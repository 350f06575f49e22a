import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** A UDP sender with one source port, as a game server has: ingress knows servers by address and port. */
export interface UdpSender {
  readonly port: number
  /** Sends one datagram and resolves when the kernel has taken it. */
  send(datagram: Buffer, port: number): Promise<void>
  close(): void
}

export async function udpSender(sourcePort = 0): Promise<UdpSender> {
  const socket = createSocket('udp4')
  socket.bind(sourcePort, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    send: (datagram, port) => send(socket, datagram, port),
    close: () => socket.close(),
  }
}

/** `\xff\xff\xff\xfflog L …\n\0`, what a GoldSrc server sends for one line. */
export function goldSrcPacket(line: string | Buffer): Buffer {
  return Buffer.concat([
    Buffer.from('\xff\xff\xff\xfflog ', 'latin1'),
    Buffer.from(line),
    Buffer.from('\n\0'),
  ])
}

/** `\xff\xff\xff\xffRL …\n\0`, what a Source server sends for one line. */
export function sourcePacket(line: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from(`R${line}\n\0`)])
}

function send(socket: Socket, datagram: Buffer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(datagram, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)))
  })
}
