import { field, shared } from '@hlstats/config'

const fields = {
  ...shared,
  httpPort: field.port(8083),
  stopWithinMs: field.integer({ default: 10_000, min: 100, meaning: 'A stop that takes longer is cut off.' }),
  replica: field.string({
    default: '',
    meaning:
      'Name of this replica; the number at its end is its place in the spread of partitions. Empty: the host name.',
  }),
  heldBytes: field.integer({
    default: 33_554_432,
    min: 65_536,
    meaning:
      'Bytes of messages that may be in this process before their COMMIT; what is more waits in the queues. At least one message of each partition.',
  }),
}

/** What the match service can be told. */
export const MATCH_CONFIG = { prefix: 'MATCH', fields }
