import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Outcome } from './check.ts'
import { run, type Tool, tool } from './tools.ts'

interface AlertRule {
  readonly alert?: string
  readonly annotations?: Record<string, string>
}

/** Scrape configuration, rules and their unit tests; every alert has a runbook and a test that sees it fire. */
export async function checkPrometheus(root: string): Promise<readonly Outcome[]> {
  const folder = join(root, 'deploy/prometheus')
  const rules = filesIn(join(folder, 'rules'))
  const tests = filesIn(join(folder, 'tests'))
  const commands: Record<string, readonly string[]> = {
    'prometheus rules': ['check', 'rules', '--lint=all', '--lint-fatal', ...rules],
    'prometheus rule tests': ['test', 'rules', ...tests],
  }
  const promtool = await tool('promtool')
  const outcomes = Object.entries(commands).map(async ([name, args]): Promise<Outcome> => {
    if ('missing' in promtool) return { name, problems: [], skipped: promtool.missing }
    const { code, output } = await run(promtool.path, args, { cwd: folder })
    return { name, problems: code === 0 ? [] : [output.trim()] }
  })
  const scrapes = readdirSync(folder).filter((file) => file.startsWith('scrape'))
  const configurations = scrapes.map((scrape) => checkConfiguration(folder, scrape, promtool))
  return [
    ...(await Promise.all([...configurations, ...outcomes])),
    { name: 'runbooks', problems: runbookProblems(root, rules, tests) },
  ]
}

// In a copy, where the scrape file has the name that the configuration asks for, as compose mounts it.
async function checkConfiguration(folder: string, scrape: string, promtool: Tool): Promise<Outcome> {
  const name = `prometheus configuration with ${scrape}`
  if ('missing' in promtool) return { name, problems: [], skipped: promtool.missing }
  const copy = await mkdtemp(join(tmpdir(), 'hlstats-prometheus-'))
  try {
    await cp(folder, copy, { recursive: true })
    await cp(join(folder, scrape), join(copy, 'scrape.yml'))
    const { code, output } = await run(promtool.path, ['check', 'config', 'prometheus.yml'], { cwd: copy })
    return { name, problems: code === 0 ? [] : [output.trim()] }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map((file) => join(folder, file))
}

function runbookProblems(
  root: string,
  rules: readonly string[],
  tests: readonly string[],
): readonly string[] {
  const alerts = rules.flatMap((file) => rulesIn(file)).filter(({ alert }) => alert !== undefined)
  const tested = tests.map((file) => readFileSync(file, 'utf8')).join('\n')
  const used = new Set(alerts.map(({ annotations }) => annotations?.runbook_url))
  return [
    ...alerts
      .filter(({ annotations }) => !existsSync(join(root, annotations?.runbook_url ?? 'missing')))
      .map(({ alert }) => `${alert} has no runbook`),
    ...alerts
      .filter(({ alert }) => !firesIn(tested, String(alert)))
      .map(({ alert }) => `no test sees ${alert} fire`),
    ...readdirSync(join(root, 'docs/runbooks'))
      .map((file) => `docs/runbooks/${file}`)
      .filter((path) => !used.has(path))
      .map((path) => `${path} belongs to no alert`),
  ]
}

function firesIn(tests: string, alert: string): boolean {
  return new RegExp(`alertname: ${alert}\\n\\s+exp_alerts:\\n`).test(tests)
}

function rulesIn(file: string): readonly AlertRule[] {
  const { groups } = parse(readFileSync(file, 'utf8')) as {
    groups: ReadonlyArray<{ rules: readonly AlertRule[] }>
  }
  return groups.flatMap((group) => group.rules)
}
