export { type CopyReport, copyDatabase } from './copy.ts'
export { ANSWER_WITHIN_MS, Database, type DatabaseOptions, openDatabase, STATEMENTS } from './database.ts'
export { sqlitePath } from './database-url.ts'
export { identitiesOf } from './event-players.ts'
export { type ForeignKills, foreignKills, newestKill, recentForeignKills } from './foreign-kills.ts'
export { keyOf } from './key-of.ts'
export { type RowsByKey, rowsByKey } from './keyed-rows.ts'
export {
  assertSchema,
  type MigrationPlan,
  type MigrationReport,
  migrate,
  migrationStatus,
  planMigration,
} from './migrate.ts'
export { exclusively } from './named-lock.ts'
export { ensurePlayers, type PlayerIdentity, playerKey } from './players.ts'
export {
  changeKeys,
  type KeyChange,
  type ServerKey,
  type ServerKeyKind,
  serverKeyDigest,
} from './server-keys.ts'
export { changeNetwork, type NetworkChange, parseNetwork } from './server-networks.ts'
export { addServer, type NewServer, parseServerAddress, type ServerAddress } from './server-registration.ts'
export type { SqlSession } from './sql-session.ts'
export { type SqlRow, type SqlValue, sqlDateTime } from './sql-value.ts'
export { assertPartitions, recordedPartitions, recordPartitions } from './system-marks.ts'
export type { TakeOverPlan } from './take-over/take-over-plan.ts'
export { UnitMemory } from './unit-memory.ts'
export { currentUnit, UnitOfWork } from './unit-of-work.ts'
