import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import type { Outcome } from './check.ts'
import { COMPOSE_FILES } from './compose.ts'

interface ComposeService {
  readonly build?: unknown
  readonly environment?: Readonly<Record<string, string>>
  readonly command?: readonly string[]
  readonly healthcheck?: { readonly test?: readonly string[] }
}

interface PodObject {
  readonly metadata?: { readonly name?: string }
  readonly spec?: {
    readonly template?: {
      readonly spec?: {
        readonly containers?: ReadonlyArray<{
          readonly env?: ReadonlyArray<{ readonly name: string }>
          readonly ports?: ReadonlyArray<{ readonly name?: string; readonly containerPort: number }>
        }>
      }
    }
  }
}

/** Settings and ports in manifests, compose and scrape files are those that the services have: docs/config.md lists them. */
export async function checkSettings(root: string): Promise<readonly Outcome[]> {
  const settings = settingsOf(readFileSync(join(root, 'docs/config.md'), 'utf8'))
  return [
    {
      name: 'settings and ports',
      problems: [
        ...manifestProblems(root, settings),
        ...COMPOSE_FILES.flatMap(({ path }) => composeProblems(join(root, path), settings)),
        ...scrapeProblems(root, settings),
      ],
    },
  ]
}

/** Name → default, from the tables of the page. */
function settingsOf(page: string): ReadonlyMap<string, string> {
  return new Map(
    [...page.matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)`|\*required\*)/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

function portOf(service: string, settings: ReadonlyMap<string, string>): number {
  return Number(settings.get(`${service.toUpperCase().replaceAll('-', '_')}_HTTP_PORT`))
}

function manifestProblems(root: string, settings: ReadonlyMap<string, string>): readonly string[] {
  const base = join(root, 'k8s/base')
  const files = readdirSync(base, { recursive: true, encoding: 'utf8' })
  const objects = files
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) =>
      parseAllDocuments(readFileSync(join(base, file), 'utf8')).map(
        (document) => document.toJS() as PodObject,
      ),
    )
  const literals = readFileSync(join(base, 'shared/hlstats.env'), 'utf8').match(/^[A-Z_]+(?==)/gm) ?? []
  const containers = objects.flatMap(({ metadata, spec }) =>
    (spec?.template?.spec?.containers ?? []).map(({ env, ports }) => ({
      service: metadata?.name ?? '',
      env,
      ports,
    })),
  )
  return [
    ...literals
      .filter((name) => !settings.has(name))
      .map((name) => `hlstats.env sets ${name}, which no service knows`),
    ...containers.flatMap(({ service, env = [] }) =>
      env
        .filter((variable) => !settings.has(variable.name))
        .map((variable) => `${service} sets ${variable.name}, which no service knows`),
    ),
    ...containers.flatMap(({ service, ports = [] }) =>
      ports
        .filter((port) => port.name === 'http' && port.containerPort !== portOf(service, settings))
        .map((port) => `${service} has port ${port.containerPort} instead of ${portOf(service, settings)}`),
    ),
  ]
}

function composeProblems(path: string, settings: ReadonlyMap<string, string>): readonly string[] {
  const { services } = parse(readFileSync(path, 'utf8'), { merge: true }) as {
    services: Record<string, ComposeService>
  }
  return Object.entries(services)
    .filter(([, { build }]) => build !== undefined)
    .flatMap(([name, { environment = {}, healthcheck }]) => [
      ...Object.keys(environment)
        .filter((key) => !settings.has(key))
        .map((key) => `compose sets ${key} for ${name}, which no service knows`),
      ...(healthcheck?.test === undefined ||
      String(healthcheck.test).includes(`localhost:${portOf(name, settings)}/`)
        ? []
        : [`compose asks ${name} at another port than ${portOf(name, settings)}`]),
    ])
}

function scrapeProblems(root: string, settings: ReadonlyMap<string, string>): readonly string[] {
  const folder = join(root, 'deploy/prometheus')
  const services = readdirSync(join(root, 'k8s/base')).filter((name) =>
    settings.has(`${name.toUpperCase().replaceAll('-', '_')}_HTTP_PORT`),
  )
  const local = readFileSync(join(folder, 'scrape.yml'), 'utf8')
  const compose = readFileSync(join(folder, 'scrape.compose.yml'), 'utf8')
  return services.flatMap((name) => {
    const port = portOf(name, settings)
    return [
      ...(new RegExp(`localhost:${port}'\\]\\s+labels:\\s+service: ${name}\\n`).test(local)
        ? []
        : [`scrape.yml does not ask ${name} at ${port}`]),
      ...(new RegExp(`names: \\[${name}\\]\\s+type: A\\s+port: ${port}\\n`).test(compose)
        ? []
        : [`scrape.compose.yml does not ask ${name} at ${port}`]),
    ]
  })
}
