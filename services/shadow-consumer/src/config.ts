import { type ConfigOf, field, shared } from '@hlstats/config'

const fields = {
  ...shared,
  httpPort: field.port(8084),
  stopWithinMs: field.integer({ default: 10_000, min: 100, meaning: 'A stop that takes longer is cut off.' }),
  giveUpMs: field.integer({
    default: 30_000,
    min: 100,
    meaning: 'Milliseconds that an event which did not come may still come before it counts as missing.',
  }),
  clockSkewMs: field.integer({
    default: 5_000,
    min: 0,
    meaning: 'Milliseconds that the clocks of ingress and of this process may be apart.',
  }),
  windowMs: field.integer({
    default: 900_000,
    min: 1_000,
    meaning: 'Milliseconds that a finding counts for the verdict, and that an audit is good for.',
  }),
  maxLagSeconds: field.integer({
    default: 60,
    min: 1,
    meaning: 'Seconds that a service may be behind with what it has committed before the verdict fails.',
  }),
  readMs: field.integer({
    default: 5_000,
    min: 100,
    meaning: 'Milliseconds between readings of what the services have committed.',
  }),
}

/** What the shadow consumer can be told. */
export const SHADOW_CONSUMER_CONFIG = { prefix: 'SHADOW_CONSUMER', fields }

export type ShadowConsumerConfig = ConfigOf<typeof fields>
