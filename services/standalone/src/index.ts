export { uncountedRecords, withDatabaseFile, withOperations } from './database-file.ts'
export type { Operations, ReplayOutcome } from './operations.ts'
