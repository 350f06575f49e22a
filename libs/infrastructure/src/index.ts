export {
  type BusEvent,
  EventBus,
  type EventHandler,
  type EventOf,
  type IEventBus,
  type SubscribeOptions,
} from './event-bus/event-bus.ts'
export { EventMetrics, type EventMetricsSummary } from './event-metrics.ts'
export { BaseModuleEventHandler } from './module-event-handler.base.ts'
export { type ModuleRegistration, ModuleRegistry, type RegisteredModule } from './module-registry.ts'
export type { ProcessingSummary } from './processing-totals.ts'
export { BaseRepository } from './repository.base.ts'
