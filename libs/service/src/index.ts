export type { ReadinessReport, ServiceState } from './readiness.ts'
export { runService } from './run-service.ts'
export {
  type RunningService,
  type ServiceContext,
  type ServiceOptions,
  startService,
} from './start-service.ts'
export type { StopOutcome } from './stops.ts'
