import { consumerFields } from '@hlstats/config'

/** What the match service can be told. */
export const MATCH_CONFIG = { prefix: 'MATCH', fields: consumerFields(8083) }
