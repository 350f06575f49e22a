import Type from 'typebox'

const quantity = Type.String({ pattern: '^[0-9.]+([mkKMGTPE]i?)?$' })
const strict = { additionalProperties: false }
const resourceList = Type.Object({ cpu: Type.Optional(quantity), memory: Type.Optional(quantity) }, strict)
const labelSelector = Type.Object({ matchLabels: Type.Record(Type.String(), Type.String()) }, strict)

/** The part of the Cluster Operator's RabbitmqCluster (rabbitmq.com/v1beta1) that our manifests use; anything else is an error. */
export const RABBITMQ_CLUSTER = Type.Object(
  {
    apiVersion: Type.Literal('rabbitmq.com/v1beta1'),
    kind: Type.Literal('RabbitmqCluster'),
    metadata: Type.Object({
      name: Type.String(),
      namespace: Type.Optional(Type.String()),
      labels: Type.Optional(Type.Record(Type.String(), Type.String())),
    }),
    spec: Type.Object(
      {
        image: Type.Optional(Type.String()),
        // The operator refuses even numbers only by advice; a quorum of two is none.
        replicas: Type.Union([Type.Literal(1), Type.Literal(3), Type.Literal(5)]),
        persistence: Type.Object(
          { storage: quantity, storageClassName: Type.Optional(Type.String()) },
          strict,
        ),
        resources: Type.Object({ requests: resourceList, limits: resourceList }, strict),
        affinity: Type.Optional(
          Type.Object(
            {
              podAntiAffinity: Type.Object(
                {
                  requiredDuringSchedulingIgnoredDuringExecution: Type.Array(
                    Type.Object({ topologyKey: Type.String(), labelSelector }, strict),
                  ),
                },
                strict,
              ),
            },
            strict,
          ),
        ),
        rabbitmq: Type.Object(
          {
            additionalPlugins: Type.Array(Type.String({ pattern: '^\\w+$', maxLength: 100 }), {
              maxItems: 100,
            }),
            additionalConfig: Type.String({ maxLength: 2000 }),
          },
          strict,
        ),
      },
      strict,
    ),
  },
  strict,
)
