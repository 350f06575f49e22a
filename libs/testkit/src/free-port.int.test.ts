import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { freeTcpPort, freeUdpPort } from './free-port.ts'

// More than one process gets at once.
const PORTS = 100
// What Linux gives to connections begins here.
const FIRST_OF_CONNECTIONS = 32_768

it('no two processes are given one port, nor one that the system may give to a connection', async () => {
  const takers = Array.from({ length: 3 }, () => {
    const script = `
      const { freeTcpPort } = await import(${JSON.stringify(join(import.meta.dirname, 'free-port.ts'))})
      const ports = await Promise.all(Array.from({ length: ${PORTS} }, () => freeTcpPort()))
      console.log(ports.join())
      process.stdin.resume()`
    return spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
  })
  const lines = takers.map(({ stdout }) => once(createInterface({ input: stdout }), 'line'))
  const ports = (await Promise.all(lines)).flatMap(([line]) => String(line).split(',').map(Number))
  for (const { stdin } of takers) stdin.end()
  expect(ports).toHaveLength(3 * PORTS)
  expect(new Set(ports).size).toBe(3 * PORTS)
  expect(Math.max(...ports)).toBeLessThan(FIRST_OF_CONNECTIONS)
})

it('a port that somebody listens on is not given, though it is wanted', async () => {
  const wanted = await freeTcpPort()
  expect(await freeTcpPort(wanted)).toBe(wanted)
  const server = createServer().listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const given = [await freeTcpPort(wanted), await freeTcpPort(), await freeUdpPort()]
  server.close()
  expect(given).not.toContain(wanted)
  expect(new Set(given).size).toBe(3)
})
