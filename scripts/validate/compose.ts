import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Outcome, walk } from './check.ts'
import { run, tool } from './tools.ts'

interface ComposeService {
  readonly image?: string
  readonly build?: unknown
  readonly command?: readonly string[]
  readonly volumes?: readonly string[]
  readonly depends_on?: Record<string, unknown>
}

interface ComposeFile {
  readonly services: Record<string, ComposeService>
  readonly volumes?: Record<string, unknown>
}

/** Compose files, and the settings that each is to be used with: standalone needs none. */
export const COMPOSE_FILES = [
  { path: 'docker-compose.yml', settings: '.env.example' },
  { path: 'docker-compose.standalone.yml', settings: '/dev/null' },
] as const

/** What compose itself says of its files with their settings, and that every file and version they name is there. */
export async function checkCompose(root: string): Promise<readonly Outcome[]> {
  const compose = await tool('docker-compose')
  const outcomes = COMPOSE_FILES.map(async ({ path, settings }): Promise<readonly Outcome[]> => {
    const file = parse(readFileSync(join(root, path), 'utf8'), { merge: true }) as ComposeFile
    const ours: Outcome = { name: `references of ${path}`, problems: referenceProblems(root, file) }
    if ('missing' in compose) return [{ name: path, problems: [], skipped: compose.missing }, ours]
    const args = ['--env-file', settings, '-f', path, 'config', '-q']
    const { code, output } = await run(compose.path, args, { cwd: root })
    return [{ name: path, problems: code === 0 ? [] : [output.trim()] }, ours]
  })
  return (await Promise.all(outcomes)).flat()
}

function referenceProblems(root: string, { services }: ComposeFile): readonly string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const mounts = (service.volumes ?? [])
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((path) => path.startsWith('.'))
    const entry = service.build === undefined ? undefined : service.command?.[0]
    return [
      ...[...mounts, ...(entry === undefined ? [] : [entry])]
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${name} needs ${path}, which does not exist`),
      ...(service.build === undefined && !/:v?\d+\.\d+/.test(service.image ?? '')
        ? [`${name} uses ${service.image}, which may be any version`]
        : []),
      // Secrets come from the env file: a password in this file would be one for everybody.
      ...[...walk(service)]
        .filter(
          ({ key, value }) =>
            /(^|_)(PASSWORD|PASS|URL)$/.test(key) &&
            !key.includes('RANDOM') &&
            typeof value === 'string' &&
            !value.startsWith('sqlite:') &&
            !value.includes('$'),
        )
        .map(({ key }) => `${name} has a value for ${key} in the file`),
    ]
  })
}
