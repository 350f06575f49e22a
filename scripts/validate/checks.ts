import type { Check } from './check.ts'
import { checkCompose } from './compose.ts'
import { checkDashboards } from './dashboards.ts'
import { checkDockerfile } from './dockerfile.ts'
import { checkGeneratedFiles } from './generated.ts'
import { checkManifests } from './manifests.ts'
import { checkMetricNames } from './metric-names.ts'
import { checkPrometheus } from './prometheus.ts'
import { checkSettings } from './settings.ts'

/** Everything that `npm run validate` checks. None of it needs a cluster, a Docker daemon or the network. */
export const checks: readonly Check[] = [
  checkManifests,
  checkPrometheus,
  checkDashboards,
  checkGeneratedFiles,
  checkMetricNames,
  checkSettings,
  checkCompose,
  checkDockerfile,
]
