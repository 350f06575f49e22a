import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkManifests } from './manifests.ts'
import { copyOfProject, type PlantedError } from './planted-error.ts'
import { tool } from './tools.ts'

const LIVENESS = `          livenessProbe:
            httpGet:
              path: /livez
              port: http
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 3
`

const MANIFESTS: ReadonlyArray<readonly [string, PlantedError, RegExp]> = [
  [
    'a field that does not exist',
    ['k8s/base/player/statefulset.yaml', 'podManagementPolicy:', 'podManagmentPolicy:'],
    /StatefulSet\/player.*podManagmentPolicy/,
  ],
  [
    'a value of the wrong type',
    ['k8s/base/match/service.yaml', 'port: 8083', 'port: http'],
    /Service\/match.*port/,
  ],
  [
    'a value that is not allowed',
    ['k8s/base/ingress/service-udp.yaml', 'protocol: UDP', 'protocol: UDPX'],
    /Service\/ingress-udp.*protocol/,
  ],
  [
    'a required field that is missing',
    [
      'k8s/base/weapon/statefulset.yaml',
      '  selector:\n    matchLabels:\n      app.kubernetes.io/name: weapon\n',
      '',
    ],
    /StatefulSet\/weapon.*selector/,
  ],
  [
    'a wrong value in a KEDA object',
    ['k8s/components/keda/player.yaml', 'maxReplicaCount: 8', 'maxReplicaCount: eight'],
    /ScaledObject\/player.*maxReplicaCount/,
  ],
  [
    'an unknown field in a KEDA object',
    ['k8s/components/keda/player.yaml', 'pollingInterval:', 'polingInterval:'],
    /ScaledObject\/player.*polingInterval/,
  ],
  [
    'a wrong value in a PodMonitor',
    ['k8s/components/prometheus-operator/pod-monitor.yaml', 'interval: 15s', 'interval: often'],
    /PodMonitor\/hlstats.*interval/,
  ],
  [
    'an unknown field of the broker cluster',
    ['k8s/components/rabbitmq-operator/cluster.yaml', 'persistence:', 'persistance:'],
    /RabbitmqCluster\/hlstats-rabbitmq/,
  ],
  [
    'an even number of brokers',
    ['k8s/components/rabbitmq-operator/cluster.yaml', 'replicas: 3', 'replicas: 2'],
    /RabbitmqCluster\/hlstats-rabbitmq.*replicas/,
  ],
  [
    'a component that does not exist',
    ['k8s/overlays/production/kustomization.yaml', 'components/keda', 'components/kedo'],
    /kedo/,
  ],
  [
    'a container that may be root',
    ['k8s/base/shared/pod.patch.yaml', 'runAsNonRoot: true', 'runAsNonRoot: false'],
    /StatefulSet\/player runs as a user/,
  ],
  [
    'a writable root file system',
    ['k8s/base/shared/pod.patch.yaml', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'],
    /can write its root/,
  ],
  [
    'capabilities',
    ['k8s/base/shared/pod.patch.yaml', 'drop: [ALL]', 'drop: [NET_RAW]'],
    /keeps capabilities/,
  ],
  [
    'service links',
    ['k8s/base/shared/pod.patch.yaml', 'enableServiceLinks: false', 'enableServiceLinks: true'],
    /service links/,
  ],
  [
    'an image of any version',
    ['k8s/overlays/minimal/kustomization.yaml', 'newTag: 0.1.0', 'newTag: latest'],
    /may be any version/,
  ],
  [
    'no memory limit',
    ['k8s/base/match/statefulset.yaml', '            limits:\n              memory: 512Mi\n', ''],
    /StatefulSet\/match has no memory limit/,
  ],
  [
    'no liveness probe',
    ['k8s/base/shared/service.patch.yaml', LIVENESS, ''],
    /StatefulSet\/player has no liveness probe/,
  ],
  [
    'a program that does not exist',
    ['k8s/base/jobs/migrate.yaml', 'cli/src/main.ts', 'cli/src/man.ts'],
    /cli\/src\/man.ts, a file that does not exist/,
  ],
  [
    'a Secret that nothing makes',
    ['k8s/base/shared/pod.patch.yaml', 'name: hlstats-broker', 'name: hlstats-brokr'],
    /hlstats-brokr, which nothing makes/,
  ],
  [
    'a selector that selects nothing',
    [
      'k8s/base/player/disruption-budget.yaml',
      'app.kubernetes.io/name: player',
      'app.kubernetes.io/name: palyer',
    ],
    /PodDisruptionBudget\/player selects no pod/,
  ],
  [
    'a service without a network policy',
    ['k8s/base/match/kustomization.yaml', '  - network-policy.yaml\n', ''],
    /StatefulSet\/match has no NetworkPolicy/,
  ],
  [
    'a scaler without a target',
    ['k8s/components/keda/match.yaml', '    name: match', '    name: mtach'],
    /ScaledObject\/match scales StatefulSet\/mtach/,
  ],
  [
    'a scaler and a fixed number of replicas',
    ['k8s/base/weapon/statefulset.yaml', '  serviceName: weapon', '  replicas: 2\n  serviceName: weapon'],
    /both set the replicas/,
  ],
]

let project: ReturnType<typeof copyOfProject>

beforeAll(() => {
  project = copyOfProject()
})

afterAll(() => project.remove())

describe.skipIf('missing' in (await tool('kustomize')))('the check of manifests finds', () => {
  it.each(MANIFESTS)('%s', async (_what, error, message) => {
    expect(await project.plant(checkManifests, error)).toMatch(message)
  })
})
