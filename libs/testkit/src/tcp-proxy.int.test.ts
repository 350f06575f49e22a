import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TcpProxy } from './tcp-proxy.ts'
import { until } from './until.ts'

let echo: Server
let heard: string
let accepted: Socket[]
let proxy: TcpProxy
let client: Socket
let answered: string
let ended: string

beforeEach(async () => {
  ;[heard, answered, ended] = ['', '', '']
  accepted = []
  echo = createServer((socket) => {
    accepted.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      heard += bytes
      socket.write(bytes)
    })
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const address = echo.address()
  proxy = await TcpProxy.open(typeof address === 'object' ? (address?.port ?? 0) : 0)
  client = connect(proxy.port, '127.0.0.1')
  client.on('data', (bytes) => {
    answered += bytes
  })
  client.on('error', (error) => {
    ended = 'code' in error ? String(error.code) : error.message
  })
  client.write('a')
  await until(() => answered === 'a')
})

afterEach(async () => {
  client.destroy()
  await proxy.close()
  echo.close()
})

function serverSocket(): Socket {
  const [first] = accepted
  if (first === undefined) throw new Error('nobody has connected')
  return first
}

describe('a proxy', () => {
  it('holds what goes to the server until it is released', async () => {
    proxy.hold('toServer')
    client.write('b')
    const second = connect(proxy.port, '127.0.0.1')
    second.write('c')
    await once(second, 'connect')
    expect(heard).toBe('a')
    proxy.release()
    await until(() => answered === 'ab')
    await until(() => heard.includes('c'))
    second.destroy()
  })

  it('holds what goes to the client while the server still hears it', async () => {
    proxy.hold('toClient')
    client.write('b')
    await until(() => heard === 'ab')
    expect(answered).toBe('a')
    proxy.release()
    await until(() => answered === 'ab')
  })

  it('leaves a client alone with a connection that the server has seen end', async () => {
    proxy.strand()
    await until(() => serverSocket().destroyed)
    client.write('b')
    const second = connect(proxy.port, '127.0.0.1')
    second.on('error', () => undefined)
    second.write('c')
    await until(() => heard === 'ac')
    expect(ended).toBe('')
    proxy.reset()
    await until(() => ended === 'ECONNRESET')
    second.destroy()
  })

  it('resets connections and loses what it held', async () => {
    proxy.hold('toServer')
    client.write('b')
    proxy.reset()
    await until(() => ended === 'ECONNRESET')
    proxy.release()
    const second = connect(proxy.port, '127.0.0.1')
    second.write('c')
    await until(() => heard.includes('c'))
    expect(heard).toBe('ac')
    second.destroy()
  })
})
