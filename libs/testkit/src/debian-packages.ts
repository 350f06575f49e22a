import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface DebianPackages {
  /** `sid`, `trixie`: of this machine's own mirror. */
  readonly suite: string
  readonly packages: readonly string[]
  /** With everything that they depend on, as for a machine that has nothing yet. */
  readonly withDependencies?: boolean
}

/** Unpacks packages of any Debian suite into a folder, without installing them and without touching this machine's own. */
export async function unpackDebian(
  { suite, packages, withDependencies = false }: DebianPackages,
  into: string,
): Promise<void> {
  const { uri, keyring } = debianMirror()
  const work = await mkdtemp(join(tmpdir(), 'hlstats-packages-'))
  try {
    for (const folder of ['lists/partial', 'archives/partial', 'parts', 'packages'])
      await mkdir(join(work, folder), { recursive: true })
    const sources = `Types: deb\nURIs: ${uri}\nSuites: ${suite}\nComponents: main\n${keyring}`
    await writeFile(join(work, 'parts/suite.sources'), sources)
    await writeFile(join(work, 'status'), '')
    await writeFile(join(work, 'apt.conf'), configuration(work))
    const options = { env: { ...process.env, APT_CONFIG: join(work, 'apt.conf') } }
    const apt = (...args: string[]) => run('apt-get', args, { ...options, cwd: join(work, 'packages') })
    await apt('update', '-q')
    // `download` takes the named packages only, an installation of which nothing but the download happens takes all.
    await (withDependencies
      ? apt('install', '-q', '-y', '--download-only', ...packages)
      : apt('download', '-q', ...packages))
    const downloads = join(work, withDependencies ? 'archives' : 'packages')
    const files = readdirSync(downloads).filter((name) => name.endsWith('.deb'))
    if (files.length === 0) throw new Error(`${suite} has no package ${packages.join(', ')}`)
    for (const file of files) await run('dpkg-deb', ['-x', join(downloads, file), into])
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

// The empty list of installed packages makes `apt-get` see a machine that has nothing.
function configuration(work: string): string {
  return [
    'Dir::Etc::SourceList "/dev/null";',
    `Dir::Etc::SourceParts "${work}/parts";`,
    `Dir::State::Lists "${work}/lists";`,
    `Dir::State::status "${work}/status";`,
    `Dir::Cache "${work}";`,
    'APT::Sandbox::User "root";',
    'APT::Install-Recommends "false";',
    'Acquire::Languages "none";',
    'Acquire::http::Timeout "30";',
  ].join('\n')
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
