import { writeFile } from 'node:fs/promises'
import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import {
  type DestinationOptions,
  describeReport,
  findDestination,
  withDestinationOptions,
} from './log-destination.ts'
import { positiveInteger } from './numbers.ts'
import { withDatabase } from './opened-database.ts'
import { SIMULATED_GAMES } from './simulation/dialects.ts'
import { Simulation } from './simulation/simulation.ts'
import { TotalsCheck } from './totals-check.ts'
import { type LogDestination, sendLog } from './udp-log-sender.ts'

interface SimulateOptions extends Omit<DestinationOptions, 'server'> {
  readonly server?: string
  readonly out?: string
  readonly totals?: string
  readonly check: boolean
  readonly game: string
  readonly seed: number
  readonly players: number
  readonly lines: number
}

/** `hlstats simulate` */
export function simulateCommand(): Command {
  const command = new Command('simulate')
    .description(
      'play a match from a seed: send its log to ingress or write it into a file, and write down its totals',
    )
    .option('--server <ip:port>', 'the registered server that plays it')
    .option('--out <file>', 'write the log there')
    .option('--totals <file>', 'write the totals there as JSON')
    .option('--check', 'wait until the database shows the totals, fail when it does not', false)
    .option('--game <code>', `one of ${SIMULATED_GAMES.join(', ')}`, 'cstrike')
    .option('--seed <number>', 'the same number plays the same match', positiveInteger, 1)
    .option('--players <count>', 'players, half on each side', positiveInteger, 10)
    .option('--lines <count>', 'lines', positiveInteger, 1000)
  return withDestinationOptions(command).action(simulate)
}

async function simulate(options: SimulateOptions): Promise<void> {
  const { game, seed, players, out, server } = options
  if (out === undefined && server === undefined) {
    throw new StatsError(
      'INPUT_INVALID',
      'where to? Name a registered server with --server, or a file with --out',
    )
  }
  const addresses = server === undefined ? {} : { addresses: [server] }
  const simulation = new Simulation({ games: [game], seed, players, startedAt: new Date(), ...addresses })
  const lines = simulation.servers.flatMap((each) => each.take(options.lines))
  if (out !== undefined) await writeFile(out, `${lines.join('\n')}\n`)
  const totals = simulation.totals()
  if (options.totals !== undefined) await writeFile(options.totals, `${JSON.stringify(totals, null, 2)}\n`)
  for (const { kills, headshots, suicides, teamkills, players: people } of totals) {
    console.log(
      `match of seed ${seed}: ${lines.length} lines, ${kills} kills (${headshots} headshots), ` +
        `${suicides} suicides, ${teamkills} team kills, ${people.length} players`,
    )
  }
  if (server === undefined) return
  const destination = await findDestination({ ...options, server })
  if (options.check) await sendChecked(lines, simulation, destination)
  else await send(lines, destination)
}

async function send(lines: readonly string[], destination: LogDestination): Promise<void> {
  const report = await sendLog(
    lines.map((line) => Buffer.from(line)),
    destination,
  )
  console.log(describeReport(report))
}

async function sendChecked(
  lines: readonly string[],
  simulation: Simulation,
  destination: LogDestination,
): Promise<void> {
  await withDatabase(async (database) => {
    const check = await TotalsCheck.open(database, simulation)
    await send(lines, destination)
    const different = await check.settle()
    if (different.length > 0) {
      throw new StatsError(
        'INPUT_INVALID',
        `the database does not match what was sent:\n  ${different.join('\n  ')}`,
      )
    }
    console.log('the database matches what was sent')
  })
}
