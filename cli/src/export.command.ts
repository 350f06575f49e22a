import { createWriteStream, rmSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { StatsError } from '@hlstats/errors'
import { Argument, Command, Option } from 'commander'
import { type ExportFormat, exportLines, FORMATS } from './export-formats.ts'
import { EXPORTED, type Exported, exportedColumns, exportedPages } from './exported-tables.ts'
import { requireGame } from './known-game.ts'
import { withDatabase } from './opened-database.ts'
import { writeOut } from './standard-output.ts'

interface ExportOptions {
  readonly game?: string
  readonly format: ExportFormat
  readonly out?: string
}

const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** `hlstats export players|weapons|maps|frags` */
export function exportCommand(): Command {
  return new Command('export')
    .description('what was counted, for other programs: one line per row, in the order of their ids')
    .addArgument(new Argument('<what>', 'what to export').choices(EXPORTED))
    .option('--game <code>', 'only this game')
    .addOption(new Option('--format <format>', 'how rows are written').choices(FORMATS).default('jsonl'))
    .option(
      '--out <file>',
      'write this file, which is there whole or not at all; standard output unless given',
    )
    .action(run)
}

async function run(exported: Exported, { game, format, out }: ExportOptions): Promise<void> {
  await withDatabase(async (database) => {
    if (game !== undefined) await requireGame(database, game)
    const pages = exportedPages(database, exported, game)
    const lines = exportLines(pages, format, exportedColumns(exported))
    await (out === undefined ? writeOut(lines) : writeFileWhole(out, lines))
  })
}

// Beside it and renamed: whoever reads the file never sees half of it.
async function writeFileWhole(path: string, lines: AsyncIterable<string>): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`
  const onSignal = (signal: NodeJS.Signals) => {
    rmSync(unfinished, { force: true })
    // Nobody listens any more: now it ends the process.
    process.kill(process.pid, signal)
  }
  for (const signal of INTERRUPTIONS) process.once(signal, onSignal)
  try {
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() === false) throw new Error('it is there and no file')
    await pipeline(lines, createWriteStream(unfinished, { flags: 'wx', flush: true }))
    await rename(unfinished, path)
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    if (cause instanceof StatsError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StatsError('INPUT_INVALID', `--out ${path} cannot be written: ${reason}`, { cause })
  } finally {
    for (const signal of INTERRUPTIONS) process.off(signal, onSignal)
  }
}
