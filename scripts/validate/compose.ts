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

/** What compose itself says of its file with the example settings, and that every file and version it names is there. */
export async function checkCompose(root: string): Promise<readonly Outcome[]> {
  const compose = await tool('docker-compose')
  const file = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as ComposeFile
  const ours: Outcome = { name: 'compose file references', problems: referenceProblems(root, file) }
  const name = 'compose file'
  if ('missing' in compose) return [{ name, problems: [], skipped: compose.missing }, ours]
  const args = ['--env-file', '.env.example', '-f', 'docker-compose.yml', 'config', '-q']
  const { code, output } = await run(compose.path, args, { cwd: root })
  return [{ name, problems: code === 0 ? [] : [output.trim()] }, ours]
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
            !value.includes('$'),
        )
        .map(({ key }) => `${name} has a value for ${key} in the file`),
    ]
  })
}
