export { CONSUMER_LIMITS } from './consumer-limits.ts'
export { consumerFields, type Field, field, MAX_PARTITIONS, shared } from './fields.ts'
export { hideCredentials } from './hide-credentials.ts'
export { type ConfigDefinition, type ConfigOf, loadConfig, variableOf } from './load-config.ts'
