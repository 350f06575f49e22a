import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from './check.ts'

const FOLDERS = [
  'deploy/prometheus/rules',
  'deploy/prometheus/tests',
  'deploy/grafana/dashboards',
  'docs/runbooks',
  'k8s',
]

/** Rules, dashboards and runbooks speak of metrics that exist: docs/telemetry.md lists them, and is compared with the code. */
export async function checkMetricNames(root: string): Promise<readonly Outcome[]> {
  const known = new Set(
    readFileSync(join(root, 'docs/telemetry.md'), 'utf8').match(/(?<=^\| `)hlstats_\w+/gm),
  )
  const problems = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ya?ml|json|md)$/.test(file))
      .flatMap((file) =>
        unknownNames(join(root, folder, file), known).map((name) => `${folder}/${file} speaks of ${name}`),
      ),
  )
  return [{ name: 'metric names', problems }]
}

// What a recording rule makes has colons around it; tables have capital letters.
function unknownNames(path: string, known: ReadonlySet<string>): readonly string[] {
  const names = new Set(readFileSync(path, 'utf8').match(/(?<![:\w])hlstats_[a-z_]+\b(?![:.])/g))
  return [...names].filter((name) => !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')))
}
