import { writeFile } from 'node:fs/promises'
import { parseServerAddress } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import {
  describeReport,
  type IngressOptions,
  ingressOf,
  readProxyKey,
  withDestinationOptions,
} from './log-destination.ts'
import { positiveInteger, wholeNumber } from './numbers.ts'
import { withDatabase } from './opened-database.ts'
import { SimulatedLogFiles } from './simulated-log-files.ts'
import { nextStart, requireServers, untilKnown } from './simulated-registration.ts'
import { SIMULATED_GAMES } from './simulation/dialects.ts'
import type { SimulatedServer } from './simulation/simulated-server.ts'
import { Simulation } from './simulation/simulation.ts'
import { TotalsCheck } from './totals-check.ts'
import { type SendReport, sendLines } from './udp-log-sender.ts'
import { ownSpeaker, proxySpeaker, type ServerLine } from './udp-speakers.ts'

interface SimulateOptions extends IngressOptions {
  readonly server: string
  readonly servers?: number
  readonly game: string
  readonly players: number
  readonly roaming: number
  readonly seed: number
  readonly lines?: number
  readonly rounds?: number
  readonly minutes?: number
  readonly ownSockets: boolean
  readonly register: boolean
  readonly out?: string
  readonly totals?: string
  readonly check: boolean
}

type Played = Generator<readonly [SimulatedServer, string], void, undefined>

const LINES = 1_000
const MOST_DIFFERENCES = 20

/** `hlstats simulate` */
export function simulateCommand(): Command {
  const command = new Command('simulate')
    .description(
      'make up game servers with players, rounds and maps from a seed, send their logs to ingress or write them into files, and know the totals that they must lead to',
    )
    .option('--game <codes>', `games, in turn: ${SIMULATED_GAMES.join(', ')}`, 'cstrike')
    .option('--servers <count>', 'servers; one of each game unless given', positiveInteger)
    .option(
      '--server <ip:port>',
      'address of the first; the others have the ports behind it',
      '127.0.0.1:27015',
    )
    .option('--players <count>', 'slots of each server, 6 to 32', positiveInteger, 12)
    .option('--roaming <count>', 'people who play on all servers of a game at once', wholeNumber, 0)
    .option('--seed <number>', 'the same number plays the same matches', wholeNumber, 1)
    .option(
      '--lines <count>',
      `lines of all servers together (${LINES} unless told otherwise)`,
      positiveInteger,
    )
    .option('--rounds <count>', 'or: until each server has played so many rounds', positiveInteger)
    .option('--minutes <count>', 'or: so long, at the rate of --rate', positiveInteger)
    .option('--register', 'register the servers that are not registered', false)
    .option('--own-sockets', "send from the servers' own addresses instead of by proxy", false)
    .option('--out <path>', 'send nothing: write a file, or a folder with a file for each of several servers')
    .option('--totals <file>', 'write the totals there as JSON')
    .option('--check', 'wait until the database shows the totals, fail when it does not', false)
  return withDestinationOptions(command).action(simulate)
}

async function simulate(options: SimulateOptions): Promise<void> {
  assertSensible(options)
  const simulation = options.out === undefined ? await send(options) : write(options, options.out)
  const totals = simulation.totals()
  if (options.totals !== undefined) await writeFile(options.totals, `${JSON.stringify(totals, null, 2)}\n`)
}

function assertSensible({
  lines,
  rounds,
  minutes,
  rate,
  out,
  check,
  register,
  ownSockets,
}: SimulateOptions): void {
  const lengths = Object.entries({ lines, rounds, minutes }).filter(([, value]) => value !== undefined)
  if (lengths.length > 1) {
    refuse(`${lengths.map(([name]) => `--${name}`).join(' and ')} contradict each other: give one of them`)
  }
  if (minutes !== undefined && rate === undefined) refuse('--minutes needs --rate: how many lines a second')
  if (out === undefined) return
  const senders = Object.entries({ '--check': check, '--register': register, '--own-sockets': ownSockets })
  for (const [name, isGiven] of senders) {
    if (isGiven) refuse(`${name} is about lines that are sent, and --out sends none: give one of them`)
  }
}

function newSimulation(options: SimulateOptions, startedAt: Date): Simulation {
  const { server, servers, game, players, roaming, seed } = options
  const games = game.split(',').map((code) => code.trim())
  const { ip, port } = parseServerAddress(server)
  const count = servers ?? games.length
  if (port + count - 1 > 65_535) refuse(`${count} servers from ${server} on need ports above 65535`)
  const addresses = Array.from({ length: count }, (_, index) => `${ip}:${port + index}`)
  return new Simulation({ games, servers: count, addresses, players, roaming, seed, startedAt })
}

/** The servers in turn, a line each. */
function* play(servers: readonly SimulatedServer[], options: SimulateOptions): Played {
  const { lines, rounds, minutes, rate = 0 } = options
  const most =
    minutes === undefined ? (lines ?? (rounds === undefined ? LINES : undefined)) : minutes * 60 * rate
  let left = most ?? Number.POSITIVE_INFINITY
  for (;;) {
    const playing = servers.filter((server) => rounds === undefined || server.rounds < rounds)
    if (playing.length === 0) return
    for (const server of playing) {
      if (left === 0) return
      left -= 1
      yield [server, server.next()]
    }
  }
}

function write(options: SimulateOptions, out: string): Simulation {
  const simulation = newSimulation(options, new Date())
  const files = SimulatedLogFiles.open(out, simulation.servers)
  for (const [server, line] of play(simulation.servers, options)) files.add(server, line)
  files.close()
  describe(simulation, options.seed)
  console.log(`wrote ${files.paths.join(', ')}`)
  return simulation
}

async function send(options: SimulateOptions): Promise<Simulation> {
  const ingress = ingressOf(options)
  const { servers } = newSimulation(options, new Date())
  const addresses = servers.map(({ address }) => address)
  const speaker = options.ownSockets
    ? await ownSpeaker(ingress, addresses)
    : await proxySpeaker(ingress, await withDatabase(readProxyKey))
  try {
    await requireServers(servers, options)
    await untilKnown(servers, ingress, speaker)
    const simulation = newSimulation(options, await nextStart(servers))
    const sending = () => sendLines(saidBy(play(simulation.servers, options)), ingress, speaker)
    const report = options.check ? await sendChecked(simulation, sending) : await sending()
    describe(simulation, options.seed)
    console.log(describeReport(report))
    if (options.check) console.log('the database matches what was sent')
    return simulation
  } finally {
    speaker.close()
  }
}

function* saidBy(played: Played): Generator<ServerLine> {
  for (const [server, line] of played) yield { server: server.address, line: Buffer.from(line) }
}

async function sendChecked(simulation: Simulation, sending: () => Promise<SendReport>): Promise<SendReport> {
  return withDatabase(async (database) => {
    const check = await TotalsCheck.open(database, simulation)
    const report = await sending()
    const different = await check.settle()
    if (different.length === 0) return report
    const shown = different.slice(0, MOST_DIFFERENCES)
    const more = different.length > shown.length ? `\n  and ${different.length - shown.length} more` : ''
    return refuse(
      `the database does not match what was sent (${describeReport(report)}):\n  ${shown.join('\n  ')}${more}`,
    )
  })
}

function describe(simulation: Simulation, seed: number): void {
  for (const {
    game,
    lines,
    servers,
    players,
    kills,
    headshots,
    suicides,
    teamkills,
  } of simulation.totals()) {
    console.log(
      `${game}, seed ${seed}: ${count(servers, 'server')}, ${lines} lines, ${kills} kills (${headshots} headshots), ` +
        `${suicides} suicides, ${teamkills} team kills, ${players.length} players`,
    )
  }
}

function count(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? '' : 's'}`
}

function refuse(message: string): never {
  throw new StatsError('INPUT_INVALID', message)
}
