export type { ReadinessReport, ServiceState } from './readiness.ts'
export {
  type BuildModules,
  type ConsumerServiceOptions,
  consumerService,
  type ModuleParts,
  runConsumerService,
} from './run-consumer.ts'
export { runService } from './run-service.ts'
export {
  type RunningService,
  type ServiceContext,
  type ServiceOptions,
  startService,
} from './start-service.ts'
export type { StopOutcome } from './stops.ts'
