import { corpusGame, goldSrcPacket, until } from '@hlstats/testkit'
import { logLines } from '../../cli/src/log-lines.ts'
import { compareReadings, type ProcessFigures } from './figures.ts'
import { GameServerSockets } from './game-server-sockets.ts'
import { CONSUMERS, MeasuredSystem } from './measured-system.ts'

export interface LogFigures {
  readonly path: string
  readonly lines: number
  readonly events: number
  readonly linesPerSecond: number
  readonly droppedByKernel: number
  readonly processes: Readonly<Record<string, ProcessFigures>>
}

const COMMITTED_WITHIN_MS = 600_000

/** A real log, sent by one game server: from its first line to the commits of all three services. */
export async function benchLog(path: string, log: Buffer): Promise<LogFigures> {
  const system = await MeasuredSystem.create()
  const sockets = await GameServerSockets.open(1, system.udpPort)
  try {
    await system.register(corpusGame(path), `127.0.0.1:${sockets.ports[0]}`)
    await system.start()
    const datagrams = [...logLines(log)].map(goldSrcPacket)
    const before = await system.read()
    const startedAt = performance.now()
    for (const datagram of datagrams) await sockets.send(0, datagram)
    await until(async () => isCommitted(await system.read(), datagrams.length), {
      timeoutMs: COMMITTED_WITHIN_MS,
      everyMs: 100,
      what: 'all three services to commit the log',
    })
    const ms = performance.now() - startedAt
    const after = await system.read()
    const events = eventsOf(after) - eventsOf(before)
    return {
      path,
      lines: datagrams.length,
      events,
      linesPerSecond: (datagrams.length / ms) * 1_000,
      droppedByKernel: sockets.dropped,
      processes: compareReadings(before, after, datagrams.length),
    }
  } finally {
    sockets.close()
    await system.stop()
  }
}

type Pages = Awaited<ReturnType<MeasuredSystem['read']>>

function isCommitted({ pages }: Pages, lines: number): boolean {
  const ingress = pages.get('ingress')
  if (ingress === undefined || ingress.sum('hlstats_ingress_datagrams_received_total') < lines) return false
  const made = ingress.sum('hlstats_ingress_events_total')
  const published = ingress.sum('hlstats_dual_published_total', 'side="queue"')
  return (
    published >= made &&
    CONSUMERS.every((name) => (pages.get(name)?.sum('hlstats_events_handled_total') ?? 0) >= published)
  )
}

function eventsOf({ pages }: Pages): number {
  return pages.get('ingress')?.sum('hlstats_ingress_events_total') ?? 0
}
