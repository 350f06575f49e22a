export { AuditedSender } from './audited-sender.ts'
export {
  type Backend,
  type BackendSource,
  dockerBroker,
  dockerDatabase,
  firstBackend,
  givenBroker,
  givenDatabase,
  localBroker,
  localDatabase,
  missingPackages,
  privateBroker,
  privateDatabase,
} from './backends.ts'
export { assertCutsLeaveNoTrace } from './batching.ts'
export {
  aKill,
  aKill as createPlayerKillEvent,
  anEvent,
  aPlayer,
  aServerLog,
  aSuicide,
  aTeamkill,
  type EventOverrides,
} from './builders.ts'
export { cachedFolder, cacheRoot, isAlive, repositoryRoot, temporaryFolder } from './cache-folder.ts'
export {
  corpusGame,
  corpusLog,
  corpusPaths,
  goldenResult,
  missingCorpusPackages,
  type PeerTest,
  peerTests,
} from './corpus.ts'
export { databaseUrl, withConnection } from './database-server.ts'
export { unpackDebian } from './debian-packages.ts'
export { dockerAnswers } from './docker-servers.ts'
export { freeTcpPort, freeUdpPort } from './free-port.ts'
export { aHistory, Chance, type HistoryOptions } from './history.ts'
export { Ledger, type LedgerEntry, type LedgerProbe } from './ledger.ts'
export { type LegacyOptions, type LegacyVersion, makeLegacyDatabase } from './legacy-database.ts'
export { type ModuleRun, runModules } from './module-run.ts'
export { type PrivateMariaDb, startPrivateMariaDb } from './private-mariadb.ts'
export { startPrivateRabbit } from './private-rabbit.ts'
export {
  type PrivateRabbitCluster,
  type RabbitClusterNode,
  startPrivateRabbitCluster,
} from './private-rabbit-cluster.ts'
export { findProgram } from './programs.ts'
export type { PrivateRabbit } from './rabbit-node.ts'
export { missingRabbit, type RabbitRelease } from './rabbit-programs.ts'
export {
  type AppContext,
  createMockEvent,
  createMockLogger,
  createTestContext,
  type LoggedLine,
  type MockLogger,
} from './seed-context.ts'
export { NODE_FLAGS, type Readiness, ServiceProcess, type ServiceProcessOptions } from './service-process.ts'
export { sqliteTestDatabase, testDatabaseKinds } from './sqlite-database.ts'
export { clearTables, dumpTables, PLAYER_COUNTERS, PLAYER_TABLES } from './table-dump.ts'
export { TamperedQueue } from './tampered-queue.ts'
export { type Direction, TcpProxy } from './tcp-proxy.ts'
export { type TestBroker, testBroker } from './test-broker.ts'
export { TestConsumers, type TestRecords } from './test-consumer.ts'
export { emptyTestDatabase, type TestDatabase, testDatabase } from './test-database.ts'
export { goldSrcPacket, sourcePacket, type UdpSender, udpSender } from './udp.ts'
export { until } from './until.ts'
export { setup as provideBackends } from './vitest-backends.ts'
