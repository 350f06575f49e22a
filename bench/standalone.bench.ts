// Standalone as a process on an empty folder, fed with real logs by one game server: lines a second from the first
// datagram to the commits of all services, memory, and what the file grows by.
//   npm run bench -- standalone [--log <path in the corpus>]… [--repeat 5] [--json]
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { addServer, openDatabase, parseServerAddress } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import {
  corpusGame,
  freeTcpPort,
  freeUdpPort,
  goldSrcPacket,
  ServiceProcess,
  temporaryFolder,
  until,
} from '@hlstats/testkit'
import { logLines } from '../cli/src/log-lines.ts'
import { GameServerSockets } from './end-to-end/game-server-sockets.ts'
import { givenLog } from './given-log.ts'

const LARGEST = [
  'barncow+tf2logparser/full_withGarbageAtEnd.log',
  'fernandolkf+tf2log_analyzer/log_988034.log',
  'TheBv+logstf-parser/log_3045614.log',
]
const COMMITTED_WITHIN_MS = 600_000
const MEBIBYTE = 1024 * 1024

interface Figures {
  readonly log: string
  readonly lines: number
  readonly events: number
  readonly linesPerSecond: number
  /** Of all threads: what a busy machine does not blur. */
  readonly cpuMicrosecondsPerLine: number
  readonly memoryMiB: number
  readonly fileMiBPer100kEvents: number
}

const { values } = parseArgs({
  options: {
    log: { type: 'string', multiple: true, default: LARGEST },
    repeat: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})

for (const path of values.log) {
  const figures = await measure(path, givenLog(path))
  console.log(values.json ? JSON.stringify(figures) : describe(figures))
}

async function measure(path: string, log: Buffer): Promise<Figures> {
  const folder = temporaryFolder('standalone-bench')
  const [udpPort, httpPort] = [await freeUdpPort(), await freeTcpPort()]
  const env = {
    STANDALONE_DATA_DIR: folder,
    STANDALONE_UDP_PORT: String(udpPort),
    STANDALONE_HTTP_PORT: String(httpPort),
    STANDALONE_RELOAD_MS: '200',
  }
  const service = new ServiceProcess({ name: 'standalone', httpPort, env })
  const sockets = await GameServerSockets.open(1, udpPort)
  const file = join(folder, 'hlstats.db')
  try {
    service.start()
    await service.ready(120_000)
    await register(file, corpusGame(path), `127.0.0.1:${sockets.ports[0]}`)
    const readings = () => service.metric('hlstats_database_statements_total', 'verb="select"')
    const before = (await readings()) ?? 0
    // Two whole readings of servers: one of them began after the row was there.
    await until(async () => ((await readings()) ?? 0) >= before + 10)
    const emptyBytes = statSync(file).size
    const datagrams = Array.from({ length: Number(values.repeat) }, () =>
      [...logLines(log)].map(goldSrcPacket),
    ).flat()
    const cpu = async () => (await service.metric('process_cpu_seconds_total')) ?? 0
    const cpuBefore = await cpu()
    const startedAt = performance.now()
    for (const datagram of datagrams) await sockets.send(0, datagram)
    await until(() => isCommitted(service, datagrams.length), { timeoutMs: COMMITTED_WITHIN_MS, everyMs: 50 })
    const seconds = (performance.now() - startedAt) / 1_000
    const events = (await service.metric('hlstats_ingress_events_total')) ?? 0
    const memory = (await service.metric('process_resident_memory_bytes')) ?? 0
    const cpuSeconds = (await cpu()) - cpuBefore
    // The stop takes the write-ahead log into the file.
    await service.stop(20_000)
    return {
      log: path,
      lines: datagrams.length,
      events,
      linesPerSecond: Math.round(datagrams.length / seconds),
      cpuMicrosecondsPerLine: Math.round((cpuSeconds / datagrams.length) * 1_000_000),
      memoryMiB: Math.round(memory / MEBIBYTE),
      fileMiBPer100kEvents: ((statSync(file).size - emptyBytes) / MEBIBYTE / events) * 100_000,
    }
  } finally {
    sockets.close()
    await service.kill()
  }
}

async function register(file: string, game: string, address: string): Promise<void> {
  const database = await openDatabase({
    url: `sqlite:${file}`,
    logger: silentLogger(),
    metrics: createMetrics(),
  })
  try {
    await addServer(database, {
      address: parseServerAddress(address),
      game,
      name: 'bench',
      mod: '',
      settings: {},
    })
    await database.checkpoint()
  } finally {
    await database.close()
  }
}

async function isCommitted(service: ServiceProcess, lines: number): Promise<boolean> {
  if (((await service.metric('hlstats_ingress_datagrams_received_total')) ?? 0) < lines) return false
  const made = await service.metric('hlstats_ingress_events_total')
  const written = await service.metric('hlstats_dual_published_total', 'side="queue"')
  return written === made && (await service.metric('hlstats_journal_waiting_records')) === 0
}

function describe(figures: Figures): string {
  const { log, lines, events, linesPerSecond, cpuMicrosecondsPerLine, memoryMiB, fileMiBPer100kEvents } =
    figures
  return (
    `${log}\n  ${lines} lines, ${events} events: ${linesPerSecond} lines/s into the file, ${cpuMicrosecondsPerLine} µs of processor per line, ${memoryMiB} MiB resident, ` +
    `${fileMiBPer100kEvents.toFixed(1)} MiB of file per 100,000 events`
  )
}
