import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { walk } from './check.ts'
import { type Manifest, nameOf } from './manifest.ts'

interface Container {
  readonly name: string
  readonly image: string
  readonly args?: readonly string[]
  readonly ports?: ReadonlyArray<{ readonly name?: string }>
  readonly resources?: {
    readonly requests?: Record<string, string>
    readonly limits?: Record<string, string>
  }
  readonly securityContext?: Record<string, unknown> & {
    readonly capabilities?: { readonly drop?: readonly string[] }
  }
  readonly livenessProbe?: unknown
  readonly readinessProbe?: unknown
  readonly startupProbe?: unknown
}

interface Workload {
  readonly manifest: Manifest
  readonly labels: Record<string, string>
  readonly pod: Record<string, unknown> & { readonly containers: readonly Container[] }
}

interface Selecting {
  readonly spec: { readonly selector?: Selector | Record<string, string>; readonly podSelector?: Selector }
}

interface Selector {
  readonly matchLabels?: Record<string, string>
}

// Made by operators or by people, never by us: see the comments in the overlays.
const FOREIGN_SECRETS = ['hlstats-database', 'hlstats-rabbitmq-default-user']

/** Our own rules over the objects of one overlay: restricted pods, references that exist, selectors that select. */
export function policyProblems(manifests: readonly Manifest[], root: string): readonly string[] {
  const workloads = manifests.flatMap(workloadOf)
  return [
    ...workloads.flatMap((workload) => podProblems(workload, root)),
    ...workloads.flatMap((workload) => guardProblems(workload, manifests)),
    ...referenceProblems(manifests),
    ...selectorProblems(manifests, workloads),
    ...scalerProblems(manifests, workloads),
  ]
}

function workloadOf(manifest: Manifest): readonly Workload[] {
  if (manifest.kind !== 'StatefulSet' && manifest.kind !== 'Job') return []
  const { template } = manifest.spec as {
    template: { metadata: { labels: Record<string, string> }; spec: Workload['pod'] }
  }
  // Kubernetes adds the name of its own to each pod of a set.
  const own =
    manifest.kind === 'StatefulSet'
      ? { 'statefulset.kubernetes.io/pod-name': `${manifest.metadata.name}-0` }
      : {}
  return [{ manifest, labels: { ...template.metadata.labels, ...own }, pod: template.spec }]
}

const isOurs = ({ labels }: Workload) => labels['app.kubernetes.io/part-of'] === 'hlstats'

function podProblems(workload: Workload, root: string): readonly string[] {
  const { pod, manifest } = workload
  const security = pod.securityContext as Record<string, unknown> | undefined
  const seccomp = (security?.seccompProfile as { type?: string } | undefined)?.type
  const problems = [
    ...(security?.runAsNonRoot === true && typeof security.runAsUser === 'number'
      ? []
      : ['runs as a user that may be root']),
    ...(seccomp === 'RuntimeDefault' ? [] : ['has no seccomp profile']),
    ...(pod.automountServiceAccountToken === false ? [] : ['mounts a token of the Kubernetes API']),
    // Kubernetes would add PLAYER_PORT and the like, which our configuration refuses as unknown.
    ...(pod.enableServiceLinks === false ? [] : ['gets service links as environment variables']),
    ...pod.containers.flatMap((container) => containerProblems(container, workload, root)),
  ]
  return problems.map((problem) => `${nameOf(manifest)} ${problem}`)
}

function containerProblems(container: Container, workload: Workload, root: string): readonly string[] {
  const { securityContext, resources } = container
  return [
    ...(securityContext?.allowPrivilegeEscalation === false ? [] : ['allows privilege escalation']),
    ...(securityContext?.capabilities?.drop?.includes('ALL') ? [] : ['keeps capabilities']),
    ...(resources?.requests?.cpu && resources.requests.memory ? [] : ['requests no CPU or no memory']),
    ...(resources?.limits?.memory ? [] : ['has no memory limit']),
    ...imageProblems(container),
    ...probeProblems(container, workload),
    ...(isOurs(workload) ? ownContainerProblems(container, root) : []),
  ]
}

function imageProblems({ image }: Container): readonly string[] {
  const tag = /:([^:/]+)$|@sha256:/.exec(image)
  return tag === null || tag[1] === 'latest' ? [`uses the image ${image}, which may be any version`] : []
}

function probeProblems(container: Container, workload: Workload): readonly string[] {
  if (workload.manifest.kind === 'Job') return []
  return [
    ...(container.startupProbe && container.readinessProbe ? [] : ['has no startup or readiness probe']),
    ...(isOurs(workload) && !container.livenessProbe ? ['has no liveness probe'] : []),
  ]
}

function ownContainerProblems({ securityContext, args }: Container, root: string): readonly string[] {
  const entry = args?.[0] ?? ''
  return [
    ...(securityContext?.readOnlyRootFilesystem === true ? [] : ['can write its root file system']),
    ...(entry !== '' && existsSync(join(root, entry)) ? [] : [`starts ${entry}, a file that does not exist`]),
  ]
}

/** Each service of ours is guarded by a disruption budget and a network policy of its own. */
function guardProblems(workload: Workload, manifests: readonly Manifest[]): readonly string[] {
  if (!isOurs(workload) || workload.manifest.kind === 'Job') return []
  return ['PodDisruptionBudget', 'NetworkPolicy', 'Service']
    .filter(
      (kind) =>
        !manifests.some(
          (other) => other.kind === kind && other.metadata.name === workload.manifest.metadata.name,
        ),
    )
    .map((kind) => `${nameOf(workload.manifest)} has no ${kind} of its name`)
}

function referenceProblems(manifests: readonly Manifest[]): readonly string[] {
  const names = (kind: string) =>
    manifests.filter((other) => other.kind === kind).map((other) => other.metadata.name)
  const known: Record<string, readonly string[]> = {
    secretKeyRef: [...names('Secret'), ...FOREIGN_SECRETS],
    configMapRef: names('ConfigMap'),
    configMapKeyRef: names('ConfigMap'),
  }
  return manifests.flatMap((manifest) =>
    [...walk(manifest.spec)].flatMap(({ key, value }) => {
      const name = (value as { name?: string } | null)?.name
      return known[key] === undefined || known[key].includes(String(name))
        ? []
        : [`${nameOf(manifest)} refers to ${name}, which nothing makes`]
    }),
  )
}

function selectorProblems(manifests: readonly Manifest[], workloads: readonly Workload[]): readonly string[] {
  // The broker's pods are made by its operator.
  const pods = [...workloads.map(({ labels }) => labels), { 'app.kubernetes.io/name': 'hlstats-rabbitmq' }]
  return manifests
    .filter(({ kind }) => ['Service', 'PodDisruptionBudget', 'NetworkPolicy', 'PodMonitor'].includes(kind))
    .filter((manifest) => !pods.some((labels) => selects(manifest as unknown as Selecting, labels)))
    .map((manifest) => `${nameOf(manifest)} selects no pod`)
}

function selects({ spec }: Selecting, labels: Record<string, string | undefined>): boolean {
  const selector = spec.podSelector ?? spec.selector ?? {}
  const wanted =
    'matchLabels' in selector ? (selector as Selector).matchLabels : (selector as Record<string, string>)
  return Object.entries(wanted ?? {}).every(([key, value]) => labels[key] === value)
}

/** A scaler scales something that exists, and does not fight with a fixed number of replicas. */
function scalerProblems(manifests: readonly Manifest[], workloads: readonly Workload[]): readonly string[] {
  return manifests
    .filter(({ kind }) => kind === 'ScaledObject')
    .flatMap((scaler) => {
      const { scaleTargetRef } = scaler.spec as { scaleTargetRef: { kind: string; name: string } }
      const target = workloads.find(
        ({ manifest }) => nameOf(manifest) === `${scaleTargetRef.kind}/${scaleTargetRef.name}`,
      )
      if (target === undefined)
        return [
          `${nameOf(scaler)} scales ${scaleTargetRef.kind}/${scaleTargetRef.name}, which does not exist`,
        ]
      const { replicas } = target.manifest.spec as { replicas?: number }
      return replicas === undefined
        ? []
        : [`${nameOf(scaler)} and ${nameOf(target.manifest)} both set the replicas`]
    })
}
