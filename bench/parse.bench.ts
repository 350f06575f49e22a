// Lines per second on one core, warm, over the real logs of each game; beside it what other parsers do with the lines
// that they understand. npm run bench -- parse
import { createRequire } from 'node:module'
import { decodeLines, decodePacket, parseLine } from '@hlstats/game-logs'
import { corpusGame, corpusLog, corpusPaths } from '@hlstats/testkit'

const GOAL = 1_000_000
const ROUNDS = 15
const WARM_UP_ROUNDS = 5

const require = createRequire(import.meta.url)

interface Measured {
  readonly perSecond: number
  readonly perCpuSecond: number
}

/** The best of some rounds: what the code can do; the rest is what else the machine did meanwhile. */
function measure(count: number, round: () => void): Measured {
  for (let turn = 0; turn < WARM_UP_ROUNDS; turn += 1) round()
  let wall = Number.POSITIVE_INFINITY
  let cpu = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const before = process.cpuUsage()
    const start = performance.now()
    round()
    wall = Math.min(wall, performance.now() - start)
    const { user, system } = process.cpuUsage(before)
    cpu = Math.min(cpu, (user + system) / 1_000)
  }
  return { perSecond: (count / wall) * 1_000, perCpuSecond: (count / cpu) * 1_000 }
}

function parseAll(lines: readonly string[]): Measured {
  let recognised = 0
  const measured = measure(lines.length, () => {
    for (const line of lines) if (parseLine(line).kind !== 'unrecognised') recognised += 1
  })
  if (recognised === 0) throw new Error('no line was recognised: the measurement is worthless')
  return measured
}

function thousands(value: number): string {
  return `${Math.round(value / 1_000).toLocaleString('en')} k`.padStart(9)
}

function row(name: string, lines: number, { perSecond, perCpuSecond }: Measured): void {
  console.log(
    `${name.padEnd(9)} ${String(lines).padStart(8)} ${thousands(perSecond)} ${thousands(perCpuSecond)}`,
  )
}

function linesByGame(paths: readonly string[]): Map<string, string[]> {
  const games = new Map<string, string[]>()
  for (const path of paths) {
    const game = corpusGame(path)
    const lines = games.get(game) ?? []
    games.set(game, lines)
    lines.push(...decodeLines(corpusLog(path) ?? Buffer.alloc(0)).lines)
  }
  return games
}

/** A parser of TF2 logs, with all its modules, or it would read no events; they add up a match besides. */
function compareWithLogsTf(lines: readonly string[]): void {
  const { LogParser, defaultModules } = require('logstf-parser') as {
    LogParser: new () => { addModule(module: unknown): void; parseLines(lines: readonly string[]): unknown }
    defaultModules: Readonly<Record<string, unknown>>
  }
  const peer = measure(lines.length, () => {
    const parser = new LogParser()
    for (const module of Object.values(defaultModules)) parser.addModule(module)
    parser.parseLines(lines)
  })
  const ours = parseAll(lines)
  console.log(
    `logstf-parser 1.3.0 on TF2: ${thousands(peer.perCpuSecond)}, ours ${thousands(ours.perCpuSecond)}: ` +
      `${(ours.perCpuSecond / peer.perCpuSecond).toFixed(1)} times as fast`,
  )
}

/** Takes datagrams apart and leaves the line as text; ours decodes the same and parses the line on top. */
function compareWithReceiver(lines: readonly string[]): void {
  const { LogMessageConstructor } = require('srcds-log-receiver/PacketParser') as {
    LogMessageConstructor: new (
      options: object,
    ) => { GetLogMessage(bytes: Buffer, sender: object): { isValid: boolean } }
  }
  const datagrams = lines.map((line) =>
    Buffer.concat([Buffer.from([255, 255, 255, 255]), Buffer.from(`S12345${line}\n\0`)]),
  )
  const receiver = new LogMessageConstructor({ definedSources: [], defaultPassword: '12345' })
  const sender = { address: '192.0.2.7', port: 27015 }
  const peer = measure(datagrams.length, () => {
    for (const bytes of datagrams)
      if (!receiver.GetLogMessage(bytes, sender).isValid) throw new Error('refused')
  })
  const decoded = measure(datagrams.length, () => {
    for (const bytes of datagrams) if (decodePacket(bytes).secret !== '12345') throw new Error('refused')
  })
  const parsed = measure(datagrams.length, () => {
    for (const bytes of datagrams) for (const line of decodePacket(bytes).lines) parseLine(line)
  })
  console.log(
    `srcds-log-receiver 1.0.2 on datagrams (no parsing): ${thousands(peer.perCpuSecond)}, ours ` +
      `${thousands(decoded.perCpuSecond)}: ${(decoded.perCpuSecond / peer.perCpuSecond).toFixed(1)} times as fast; ` +
      `ours with parsing ${thousands(parsed.perCpuSecond)}`,
  )
}

const paths = corpusPaths()
if (paths === undefined) {
  console.log('skipped: ../shared/corpus is missing, and speed on made-up lines would say nothing')
} else {
  const games = linesByGame(paths)
  console.log('game         lines   lines/s  lines per second of processor time')
  for (const [game, lines] of games) row(game, lines.length, parseAll(lines))
  const all = [...games.values()].flat()
  const mix = parseAll(all)
  row('all', all.length, mix)
  console.log(`goal ${thousands(GOAL)}: ${mix.perCpuSecond >= GOAL ? 'reached' : 'missed'}`)
  const stamped = (games.get('csgo') ?? []).filter((line) => line.startsWith('L ')).slice(0, 20_000)
  compareWithLogsTf(games.get('tf') ?? [])
  compareWithReceiver(stamped)
  process.exitCode = mix.perCpuSecond >= GOAL ? 0 : 1
}
