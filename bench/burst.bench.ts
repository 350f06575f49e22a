// What of an unpaced burst of log lines reaches standalone: datagrams as fast as one process can send them, with the
// processors to itself or shared with others that never rest.
//   npm run bench -- burst [--lines 5000,10000,20000] [--servers 10] [--busy 4] [--json]
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { addServer, migrate, openDatabase, parseServerAddress } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import {
  freeTcpPort,
  freeUdpPort,
  goldSrcPacket,
  ServiceProcess,
  temporaryFolder,
  until,
} from '@hlstats/testkit'
import { Simulation } from '../cli/src/simulation/simulation.ts'

const PROXY_KEY = 'burst'
// No datagram came for so long: those that are missing were dropped.
const QUIET_MS = 2_000

interface Figures {
  readonly lines: number
  readonly busy: number
  readonly received: number
  readonly lostPercent: number
  readonly sendMs: number
  readonly receiveMs: number
}

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '5000,10000,20000' },
    servers: { type: 'string', default: '10' },
    busy: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
})

const busy = Array.from({ length: Number(values.busy) }, () => new Worker('for (;;);', { eval: true }))
const simulation = new Simulation({
  seed: 1,
  servers: Number(values.servers),
  games: ['csgo', 'tf', 'cstrike'],
  startedAt: new Date('2026-01-10T12:00:00Z'),
})
const [udpPort, httpPort] = [await freeUdpPort(), await freeTcpPort()]
const service = await startStandalone()
try {
  for (const lines of values.lines.split(',').map(Number)) {
    const figures = await burst(lines)
    console.log(values.json ? JSON.stringify(figures) : describe(figures))
  }
} finally {
  await service.kill()
  await Promise.all(busy.map((worker) => worker.terminate()))
}

async function startStandalone(): Promise<ServiceProcess> {
  const folder = temporaryFolder('burst')
  const url = `sqlite:${join(folder, 'hlstats.db')}`
  const database = await openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
  await migrate(database, { seed: true })
  await database.execute("UPDATE hlstats_Options SET value = ? WHERE keyname = 'Proxy_Key'", [PROXY_KEY])
  for (const { address, game, name } of simulation.servers) {
    await addServer(database, { address: parseServerAddress(address), game, name, mod: '', settings: {} })
  }
  await database.close()
  const env = {
    STANDALONE_DATA_DIR: folder,
    STANDALONE_UDP_PORT: String(udpPort),
    STANDALONE_HTTP_PORT: String(httpPort),
  }
  const started = new ServiceProcess({ name: 'standalone', httpPort, env })
  started.start()
  await started.ready(120_000)
  return started
}

async function burst(lines: number): Promise<Figures> {
  const datagrams = Array.from({ length: lines }, (_, index) => datagram(index))
  const socket = createSocket('udp4')
  socket.connect(udpPort, '127.0.0.1')
  await once(socket, 'connect')
  const received = async () => (await service.metric('hlstats_ingress_datagrams_received_total')) ?? 0
  const before = await received()
  const startedAt = performance.now()
  for (const each of datagrams) socket.send(each)
  const sendMs = performance.now() - startedAt
  let [seen, seenAt] = [0, performance.now()]
  while (seen < lines && performance.now() - seenAt < QUIET_MS) {
    await delay(20)
    const now = (await received()) - before
    if (now > seen) [seen, seenAt] = [now, performance.now()]
  }
  socket.close()
  // The next burst begins with nothing left to do.
  await until(async () => (await service.metric('hlstats_journal_waiting_records')) === 0, {
    timeoutMs: 300_000,
    what: 'all of the burst to be committed',
  })
  return {
    lines,
    busy: busy.length,
    received: seen,
    lostPercent: (100 * (lines - seen)) / lines,
    sendMs: Math.round(sendMs),
    receiveMs: Math.round(seenAt - startedAt),
  }
}

function datagram(index: number): Buffer {
  const server = simulation.servers[index % simulation.servers.length]
  if (server === undefined) throw new RangeError('a simulation has servers')
  const envelope = Buffer.from(`PROXY Key=${PROXY_KEY} ${server.address}PROXY `)
  return Buffer.concat([envelope, goldSrcPacket(server.next())])
}

function describe({ lines, busy: sharing, received, lostPercent, sendMs, receiveMs }: Figures): string {
  const others = sharing === 0 ? '' : `, beside ${sharing} busy threads`
  return (
    `${lines} lines sent in ${sendMs} ms${others}: ${received} received in ${receiveMs} ms, ` +
    `${lostPercent.toFixed(1)} % lost`
  )
}
