import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const exec = promisify(execFile)

/** The programs that checks need, each in the Debian package of the same name. */
export type ToolName = 'kustomize' | 'promtool' | 'prometheus' | 'docker-compose'

/** A program that is there, or why it is not. */
export type Tool = { readonly path: string } | { readonly missing: string }

export interface RunResult {
  readonly code: number
  readonly output: string
}

const CACHE = fileURLToPath(new URL('../../.cache/tools', import.meta.url))

// Debian stable's kustomize does not exist, its compose is version 1 and its promtool lacks what the rule tests use:
// from these majors on they do, and Debian's development suite has them.
const OLDEST: Record<ToolName, number> = { kustomize: 5, promtool: 3, prometheus: 3, 'docker-compose': 2 }
const VERSION_ARGUMENT: Record<ToolName, string> = {
  kustomize: 'version',
  promtool: '--version',
  prometheus: '--version',
  'docker-compose': 'version',
}

const found = new Map<ToolName, Promise<Tool>>()

/** Finds a program on PATH or in the cache, or unpacks it from its Debian package into the cache, without installing it. */
export function tool(name: ToolName): Promise<Tool> {
  const known = found.get(name) ?? locate(name)
  found.set(name, known)
  return known
}

async function locate(name: ToolName): Promise<Tool> {
  const cached = join(CACHE, name, 'usr/bin', name)
  const candidates = [
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
    cached,
  ]
  for (const path of candidates) {
    if (existsSync(path) && (await majorVersion(name, path)) >= OLDEST[name]) return { path }
  }
  try {
    await unpackFromDebian(name)
    return { path: cached }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      missing: `${name} ${OLDEST[name]} or newer is not installed, and could not be fetched: ${reason}`,
    }
  }
}

async function majorVersion(name: ToolName, path: string): Promise<number> {
  const { output } = await run(path, [VERSION_ARGUMENT[name]])
  return Number(/v?(\d+)\.\d+\.\d+/.exec(output)?.[1] ?? 0)
}

/** Runs a program to its end; a failure is a result, not an error. */
export async function run(
  path: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<RunResult> {
  try {
    const { stdout, stderr } = await exec(path, [...args], { ...options, maxBuffer: 64 * 1024 * 1024 })
    return { code: 0, output: stdout || stderr }
  } catch (error) {
    const { code, stdout, stderr, message } = error as Error & {
      code?: unknown
      stdout?: string
      stderr?: string
    }
    return { code: typeof code === 'number' ? code : 1, output: `${stdout ?? ''}${stderr ?? ''}` || message }
  }
}

async function unpackFromDebian(name: ToolName): Promise<void> {
  const { uri, keyring } = debianMirror()
  await mkdir(CACHE, { recursive: true })
  const work = await mkdtemp(join(CACHE, 'unpack-'))
  try {
    for (const folder of ['lists/partial', 'archives/partial', 'parts', 'deb', 'root'])
      await mkdir(join(work, folder), { recursive: true })
    await writeFile(
      join(work, 'parts/sid.sources'),
      `Types: deb\nURIs: ${uri}\nSuites: sid\nComponents: main\n${keyring}`,
    )
    await writeFile(
      join(work, 'apt.conf'),
      [
        'Dir::Etc::SourceList "/dev/null";',
        `Dir::Etc::SourceParts "${work}/parts";`,
        `Dir::State::Lists "${work}/lists";`,
        `Dir::Cache "${work}";`,
        'APT::Sandbox::User "root";',
        'Acquire::Languages "none";',
      ].join('\n'),
    )
    const env = { ...process.env, APT_CONFIG: join(work, 'apt.conf') }
    await exec('apt-get', ['update', '-q'], { env })
    await exec('apt-get', ['download', '-q', name], { env, cwd: join(work, 'deb') })
    const [archive] = readdirSync(join(work, 'deb'))
    if (archive === undefined) throw new Error(`the package ${name} is not in the suite`)
    await exec('dpkg-deb', ['-x', join(work, 'deb', archive), join(work, 'root')])
    // Another process may have been faster: its copy is as good.
    await rename(join(work, 'root'), join(CACHE, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The mirror that this machine's own package sources name: there, and nowhere else, may packages come from. */
function debianMirror(): { uri: string; keyring: string } {
  const folder = '/etc/apt/sources.list.d'
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  for (const file of [...files, '/etc/apt/sources.list'].filter((path) => existsSync(path))) {
    const text = readFileSync(file, 'utf8')
    const mirror = file.endsWith('.sources')
      ? mirrorOfStanza(text)
      : file.endsWith('.list')
        ? mirrorOfLine(text)
        : undefined
    if (mirror !== undefined) return mirror
  }
  throw new Error('this machine has no Debian package sources')
}

function mirrorOfStanza(text: string): { uri: string; keyring: string } | undefined {
  const stanza = text
    .split(/\n\s*\n/)
    .find((part) => /^Types:.*\bdeb\b/m.test(part) && /^URIs:.*\/debian\/?\s*$/m.test(part))
  const uri = stanza && /^URIs:\s*(\S+)/m.exec(stanza)?.[1]
  if (!uri) return undefined
  return { uri, keyring: /^Signed-By:\s*\/\S+$/m.exec(stanza)?.[0] ?? '' }
}

function mirrorOfLine(text: string): { uri: string; keyring: string } | undefined {
  const line = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+\/debian\/?)\s/m.exec(text)
  if (line?.[2] === undefined) return undefined
  const signedBy = /signed-by=(\S+)/.exec(line[1] ?? '')?.[1]
  return { uri: line[2], keyring: signedBy === undefined ? '' : `Signed-By: ${signedBy}` }
}
