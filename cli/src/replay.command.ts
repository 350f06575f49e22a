import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import {
  type DestinationOptions,
  describeReport,
  findDestination,
  withDestinationOptions,
} from './log-destination.ts'
import { logLines } from './log-lines.ts'
import { sendLog } from './udp-log-sender.ts'

/** `hlstats replay` */
export function replayCommand(): Command {
  const command = new Command('replay')
    .description('send log files through ingress as if a registered game server sent them now')
    .argument('<file...>', 'log files in order; - is the standard input')
    .requiredOption('--server <ip:port>', 'the registered server they belong to')
  return withDestinationOptions(command).action(replay)
}

async function replay(files: string[], options: DestinationOptions): Promise<void> {
  const contents = await Promise.all(files.map(readLog))
  const destination = await findDestination(options)
  for (const [index, content] of contents.entries()) {
    const report = await sendLog(logLines(content), destination)
    console.log(`${files[index]}: ${describeReport(report)}`)
  }
}

async function readLog(file: string): Promise<Buffer> {
  try {
    return await (file === '-' ? buffer(process.stdin) : readFile(file))
  } catch (cause) {
    throw new StatsError(
      'INPUT_INVALID',
      `${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    )
  }
}
