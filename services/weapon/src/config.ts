import { consumerFields } from '@hlstats/config'

/** What the weapon service can be told. */
export const WEAPON_CONFIG = { prefix: 'WEAPON', fields: consumerFields(8082) }
