import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parser } from '@prometheus-io/lezer-promql'
import type { Outcome } from './check.ts'

interface Dashboard {
  readonly uid?: string
  readonly editable?: boolean
  readonly templating: { readonly list: ReadonlyArray<{ readonly name: string; readonly type: string }> }
  readonly panels: readonly DashboardPanel[]
}

interface DashboardPanel {
  readonly type: string
  readonly title?: string
  readonly description?: string
  readonly datasource?: { readonly uid?: string }
  readonly fieldConfig?: { readonly defaults?: { readonly unit?: string } }
  readonly targets?: ReadonlyArray<{
    readonly expr: string
    readonly legendFormat: string
    readonly datasource?: { readonly uid?: string }
  }>
}

/** A query of a dashboard, with Grafana's macros and variables replaced by values. */
export interface PanelQuery {
  readonly dashboard: string
  readonly panel: string
  /** Which of the panel's queries it is. */
  readonly legend: string
  readonly expr: string
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's syntax, not JavaScript's
const SOURCE = '${datasource}'

/** Every dashboard can be read by people and by Grafana: titles, descriptions, units, one chosen data source, valid PromQL. */
export async function checkDashboards(root: string): Promise<readonly Outcome[]> {
  return dashboardFiles(root).map((file) => {
    const dashboard = readDashboard(root, file)
    return {
      name: `dashboard ${file}`,
      problems: [...dashboardProblems(dashboard), ...panelsOf(dashboard).flatMap(panelProblems)],
    }
  })
}

/** All queries of all dashboards, with these values for variables: what a test can run against a real Prometheus. */
export function panelQueries(
  root: string,
  variables: Readonly<Record<string, string>>,
): readonly PanelQuery[] {
  return dashboardFiles(root).flatMap((file) =>
    panelsOf(readDashboard(root, file)).flatMap(({ title = '', targets = [] }) =>
      targets.map(({ expr, legendFormat: legend }) => ({
        dashboard: file.replace('.json', ''),
        panel: title,
        legend,
        expr: replaceVariables(expr, variables),
      })),
    ),
  )
}

function dashboardFiles(root: string): readonly string[] {
  return readdirSync(join(root, 'deploy/grafana/dashboards')).filter((file) => file.endsWith('.json'))
}

function readDashboard(root: string, file: string): Dashboard {
  return JSON.parse(readFileSync(join(root, 'deploy/grafana/dashboards', file), 'utf8'))
}

function panelsOf({ panels }: Dashboard): readonly DashboardPanel[] {
  return panels.filter(({ type }) => type !== 'row')
}

function dashboardProblems(dashboard: Dashboard): readonly string[] {
  const [first] = dashboard.templating.list
  return [
    ...(dashboard.uid?.startsWith('hlstats-') ? [] : ['has no uid of ours']),
    ...(dashboard.editable === false ? [] : ['can be edited, and the change lost']),
    ...(first?.name === 'datasource' && first.type === 'datasource'
      ? []
      : ['has no variable for its data source']),
  ]
}

function panelProblems(panel: DashboardPanel): readonly string[] {
  const { title, description, datasource, fieldConfig, targets = [] } = panel
  const problems = [
    ...(title ? [] : ['has no title']),
    ...(description ? [] : ['has no description']),
    ...(fieldConfig?.defaults?.unit ? [] : ['has no unit']),
    ...(targets.length > 0 ? [] : ['asks nothing']),
    ...([datasource, ...targets.map((target) => target.datasource)].every((source) => source?.uid === SOURCE)
      ? []
      : ['has a fixed data source']),
    ...targets.flatMap(({ expr }) => promqlProblems(replaceVariables(expr, {}))),
  ]
  return problems.map((problem) => `panel "${title}" ${problem}`)
}

function replaceVariables(expr: string, variables: Readonly<Record<string, string>>): string {
  return expr
    .replaceAll('$__rate_interval', '1m')
    .replaceAll('$__range', '1h')
    .replaceAll(/\$(\w+)/g, (_all, name: string) =>
      /^\d+$/.test(name) ? `$${name}` : (variables[name] ?? 'x'),
    )
}

/** Where the grammar of PromQL does not accept a query, and counters that are shown as they are instead of as a rate. */
function promqlProblems(expr: string): readonly string[] {
  const problems: string[] = []
  parser.parse(expr).iterate({
    enter: (node) => {
      if (node.type.isError)
        problems.push(`has a query that is not PromQL at "${expr.slice(node.from, node.from + 20)}": ${expr}`)
    },
  })
  const bare = [...expr.matchAll(/\b(\w+_total)\b(?:\{[^}]*\})?(\[)?/g)].filter(
    ([, , range]) => range === undefined,
  )
  return [...problems, ...bare.map(([, name]) => `shows the counter ${name} as it is, not its rate`)]
}
