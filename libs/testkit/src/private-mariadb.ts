import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StatsError } from '@hlstats/errors'
import { temporaryFolder } from './cache-folder.ts'
import { canQuery } from './database-server.ts'
import { freeTcpPort } from './free-port.ts'
import { PrivateProcess } from './private-process.ts'
import { findProgram } from './programs.ts'

const run = promisify(execFile)

/** A MariaDB of our own on a free port: kill it, start it again, its data stays until `remove`. */
export interface PrivateMariaDb {
  /** `mysql://root@127.0.0.1:<port>`, no database named. */
  readonly url: string
  readonly port: number
  start(): Promise<void>
  /** Stops in good order and keeps the data. */
  stop(): Promise<void>
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Kills it and deletes its data. */
  remove(): Promise<void>
}

/** Whether the programs for `startPrivateMariaDb` are installed. */
export function hasMariaDbPrograms(): boolean {
  return programs() !== undefined
}

/** Starts a private MariaDB; with a `folder` its data lasts, and a crash of the machine costs no committed transaction. */
export async function startPrivateMariaDb(
  options: { folder?: string; port?: number } = {},
): Promise<PrivateMariaDb> {
  const found = programs()
  if (found === undefined) {
    throw new StatsError(
      'BACKEND_MISSING',
      'mariadbd and mariadb-install-db are not installed: install mariadb-server',
    )
  }
  const folder = options.folder ?? temporaryFolder('mariadb')
  mkdirSync(folder, { recursive: true })
  await createDataFolder(found.install, folder)
  const port = options.port ?? (await freeTcpPort())
  const url = `mysql://root@127.0.0.1:${port}`
  const server = new PrivateProcess({
    name: 'mariadbd',
    command: found.server,
    args: serverArguments(folder, port, options.folder !== undefined),
    folder,
    logFile: join(folder, 'server.log'),
    isReady: () => canQuery(url),
  })
  const remove = async () => {
    await server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  await server.start()
  return {
    url,
    port,
    remove,
    start: () => server.start(),
    stop: () => server.stop(),
    kill: (signal = 'SIGKILL') => server.kill(signal),
  }
}

function programs(): { server: string; install: string } | undefined {
  const server = findProgram('mariadbd')
  const install = findProgram('mariadb-install-db')
  return server === undefined || install === undefined ? undefined : { server, install }
}

async function createDataFolder(install: string, folder: string): Promise<void> {
  const complete = join(folder, 'installed')
  if (existsSync(complete)) return
  rmSync(join(folder, 'data'), { recursive: true, force: true })
  const args = [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-log-bin',
    '--force', // or it refuses where not even `localhost` can be looked up
    ...asRoot(),
  ]
  // A server that starts clears its folder of temporary tables: in a common one it takes those of its neighbours.
  await run(install, args, { env: { ...process.env, TMPDIR: folder } })
  writeFileSync(complete, '')
}

function serverArguments(folder: string, port: number, lasting: boolean): string[] {
  return [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    '--socket=server.sock', // relative to the data folder: an absolute one may exceed the 107 bytes of a socket name
    '--pid-file=server.pid',
    `--tmpdir=${folder}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--max-connections=300',
    '--innodb-buffer-pool-size=128M',
    // 2 survives `kill -9` of the server, which is what tests do; only a crash of the machine needs 1.
    `--innodb-flush-log-at-trx-commit=${lasting ? 1 : 2}`,
    ...asRoot(),
  ]
}

// mariadbd refuses to run as root unless it is told so by name.
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : []
}
