import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { consumer } from './dashboards/consumer.ts'
import { gameServers } from './dashboards/game-servers.ts'
import { overview } from './dashboards/overview.ts'
import { buildDashboard } from './dashboards/panels.ts'
import { sqliteFiles } from './sqlite-schema.mjs'

const NOTE = '# Generated from deploy/prometheus/rules by `npm run validate -- --fix`: change it there.\n'

/** Files of deploy/, k8s/ and prisma/sqlite/ that are made from others: path below the project → content. */
export function generatedFiles(root: string): ReadonlyMap<string, string> {
  return new Map([
    ['deploy/grafana/dashboards/overview.json', buildDashboard(overview)],
    ['deploy/grafana/dashboards/consumer.json', buildDashboard(consumer)],
    ['deploy/grafana/dashboards/game-servers.json', buildDashboard(gameServers)],
    ['k8s/components/prometheus-operator/rules.yaml', NOTE + prometheusRule(root)],
    ...sqliteFiles(root),
  ])
}

/** The operator wants the same groups inside an object of its own. */
function prometheusRule(root: string): string {
  const groups = ['recording', 'alerts'].flatMap(
    (name) => parse(readFileSync(join(root, `deploy/prometheus/rules/${name}.yml`), 'utf8')).groups,
  )
  return stringify({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'hlstats', labels: { 'app.kubernetes.io/part-of': 'hlstats' } },
    spec: { groups },
  })
}
