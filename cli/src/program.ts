import { Command } from 'commander'
import { exportCommand } from './export.command.ts'
import { journalCommand } from './journal.command.ts'
import { migrateCommand } from './migrate.command.ts'
import { parkedCommand } from './parked.command.ts'
import { partitionsCommand } from './partitions.command.ts'
import { recomputeCommand } from './recompute.command.ts'
import { replayCommand } from './replay.command.ts'
import { serversCommand } from './servers.command.ts'
import { simulateCommand } from './simulate.command.ts'
import { topCommand } from './top.command.ts'
import { topologyCommand } from './topology.command.ts'

/** The whole command line. */
export function createProgram(): Command {
  return new Command('hlstats')
    .description('statistics of game servers: register servers, read the leaderboard, send logs')
    .addCommand(serversCommand())
    .addCommand(topCommand())
    .addCommand(exportCommand())
    .addCommand(replayCommand())
    .addCommand(recomputeCommand())
    .addCommand(simulateCommand())
    .addCommand(migrateCommand())
    .addCommand(topologyCommand())
    .addCommand(parkedCommand())
    .addCommand(journalCommand())
    .addCommand(partitionsCommand())
    .showHelpAfterError('(hlstats --help shows all commands)')
}
