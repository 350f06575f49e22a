export { consumerFields, type Field, field, shared } from './fields.ts'
export { type ConfigDefinition, type ConfigOf, loadConfig, variableOf } from './load-config.ts'
export { hideCredentials, Secret } from './secret.ts'
