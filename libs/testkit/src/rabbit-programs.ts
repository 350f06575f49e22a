import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { StatsError, toError } from '@hlstats/errors'
import { cachedFolder, cacheRoot } from './cache-folder.ts'
import { unpackDebian } from './debian-packages.ts'
import { findProgram } from './programs.ts'

const run = promisify(execFile)

/** A RabbitMQ that is asked for: that of this machine whatever it is, or one of these releases at least. */
export type RabbitRelease = '4' | '4.0'

/** Each program with the arguments before its own. */
export interface RabbitPrograms {
  readonly server: readonly [string, ...string[]]
  readonly control: readonly [string, ...string[]]
  readonly portMapper: readonly [string, ...string[]]
}

// The newest that Debian has, and the oldest 4.x that it has: the development suite and the stable one after bookworm.
const SUITES: Record<RabbitRelease, string> = { '4': 'sid', '4.0': 'trixie' }

// What its start scripts call besides what the packages name themselves.
const PACKAGES = [
  'rabbitmq-server',
  'base-files',
  'bash',
  'coreutils',
  'dash',
  'findutils',
  'grep',
  'hostname',
]
const MORE_PACKAGES = ['libc-bin', 'mawk', 'sed', 'util-linux']

// All in a mount namespace of its own, so that nothing is left to unmount, however it ends. The cache is where it is
// outside: data and configuration have one path.
const IN_ROOT = [
  'root=$1; cache=$2; shift 2',
  'mkdir -p "$root$cache"',
  'mount --rbind /proc "$root/proc" && mount --rbind /dev "$root/dev" && mount --bind "$cache" "$root$cache" || exit 1',
  'exec chroot "$root" "$@"',
].join('\n')

export function isRabbitRelease(text: string): text is RabbitRelease {
  return Object.hasOwn(SUITES, text)
}

/** The installed programs; undefined where they are not. */
export function installedRabbit(): RabbitPrograms | undefined {
  // Debian's /usr/sbin/rabbitmq-server only runs as its own system user; the script behind it runs as anybody.
  const server = findProgram('/usr/lib/rabbitmq/bin/rabbitmq-server', 'rabbitmq-server')
  const control = findProgram('/usr/lib/rabbitmq/bin/rabbitmqctl', 'rabbitmqctl')
  const portMapper = findProgram('epmd')
  if (server === undefined || control === undefined || portMapper === undefined) return undefined
  return { server: [server], control: [control], portMapper: [portMapper] }
}

/** The programs of a release: the installed ones where they are of it, else unpacked from a newer suite of Debian. */
export async function rabbitPrograms(release: RabbitRelease): Promise<RabbitPrograms> {
  const installed = installedRabbit()
  if (installed !== undefined && (await isOfRelease(installed, release))) return installed
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw missing(release, 'it can be unpacked on Debian as root only')
  }
  try {
    await run('unshare', ['--mount', 'true'])
  } catch (cause) {
    throw missing(release, 'this machine permits no mount namespaces (unshare --mount)', cause)
  }
  const suite = SUITES[release]
  let root: string
  try {
    root = await cachedFolder(`rabbitmq-${suite}`, (into) =>
      unpackDebian({ suite, packages: [...PACKAGES, ...MORE_PACKAGES], withDependencies: true }, into),
    )
  } catch (cause) {
    throw missing(release, `Debian's ${suite} cannot be had: ${toError(cause).message}`, cause)
  }
  return unpacked(root)
}

const reasons = new Map<RabbitRelease, Promise<string | undefined>>()

/** Why a test that needs this release can't have it; undefined where it can. Said on standard error as well. */
export function missingRabbit(release: RabbitRelease): Promise<string | undefined> {
  const reason = reasons.get(release) ?? findReason(release)
  reasons.set(release, reason)
  return reason
}

async function findReason(release: RabbitRelease): Promise<string | undefined> {
  try {
    await rabbitPrograms(release)
    return undefined
  } catch (error) {
    const reason = toError(error).message
    process.stderr.write(`skipped: ${reason}\n`)
    return reason
  }
}

function unpacked(root: string): RabbitPrograms {
  const inside = (program: string): readonly [string, ...string[]] => {
    const shell = ['sh', '-c', IN_ROOT, 'sh', root, cacheRoot, program]
    return ['unshare', '--mount', '--propagation', 'private', ...shell]
  }
  return {
    server: inside('/usr/lib/rabbitmq/bin/rabbitmq-server'),
    control: inside('/usr/lib/rabbitmq/bin/rabbitmqctl'),
    portMapper: inside('/usr/bin/epmd'),
  }
}

async function isOfRelease({ control }: RabbitPrograms, release: RabbitRelease): Promise<boolean> {
  const [command, ...args] = control
  const { stdout } = await run(command, [...args, '-q', 'version'])
  return (
    stdout.trim().split('.')[0] === release.split('.')[0] && (release === '4' || stdout.startsWith(release))
  )
}

function missing(release: RabbitRelease, reason: string, cause?: unknown): StatsError {
  return new StatsError('BACKEND_MISSING', `no RabbitMQ ${release}: ${reason}`, { cause })
}
