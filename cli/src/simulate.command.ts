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
import { simulateMatch } from './simulated-match.ts'
import { sendLog } from './udp-log-sender.ts'

interface SimulateOptions extends Omit<DestinationOptions, 'server'> {
  readonly server?: string
  readonly out?: string
  readonly totals?: string
  readonly game: string
  readonly seed: number
  readonly players: number
  readonly rounds: number
}

/** `hlstats simulate` */
export function simulateCommand(): Command {
  const command = new Command('simulate')
    .description(
      'play a match from a seed: send its log to ingress or write it into a file, and write down its totals',
    )
    .option('--server <ip:port>', 'the registered server that plays it')
    .option('--out <file>', 'write the log there instead of sending it')
    .option('--totals <file>', 'write the totals there as JSON')
    .option('--game <code>', 'cstrike or csgo', 'cstrike')
    .option('--seed <number>', 'the same number plays the same match', positiveInteger, 1)
    .option('--players <count>', 'players, half on each side', positiveInteger, 10)
    .option('--rounds <count>', 'rounds', positiveInteger, 30)
  return withDestinationOptions(command).action(simulate)
}

async function simulate(options: SimulateOptions): Promise<void> {
  const { game, seed, players, rounds, out, server } = options
  const { lines, totals } = simulateMatch({ game, seed, players, rounds, startedAt: new Date() })
  if (out === undefined && server === undefined) {
    throw new StatsError(
      'INPUT_INVALID',
      'where to? Name a registered server with --server, or a file with --out',
    )
  }
  if (out !== undefined) await writeFile(out, `${lines.join('\n')}\n`)
  if (server !== undefined) {
    const destination = await findDestination({ ...options, server })
    console.log(
      describeReport(
        await sendLog(
          lines.map((line) => Buffer.from(line)),
          destination,
        ),
      ),
    )
  }
  if (options.totals !== undefined) await writeFile(options.totals, `${JSON.stringify(totals, null, 2)}\n`)
  const { kills, headshots, suicides, teamkills } = totals
  console.log(
    `match of seed ${seed}: ${totals.lines} lines, ${kills} kills (${headshots} headshots), ` +
      `${suicides} suicides, ${teamkills} team kills, ${totals.players.length} players`,
  )
}
