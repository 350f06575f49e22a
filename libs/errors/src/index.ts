export { CODES, type Disposition, type ErrorCode } from './codes.ts'
export { codeOf, dispositionOf, StatsError, toError } from './stats-error.ts'
