import { consumerFields } from '@hlstats/config'

/** What the player service can be told. */
export const PLAYER_CONFIG = { prefix: 'PLAYER', fields: consumerFields(8081) }
