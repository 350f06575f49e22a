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
export { BrokerConnection, type BrokerOptions } from './queue/broker-connection.ts'
export { declareTopologyAt, requestReplay } from './queue/broker-session.ts'
export { type Replica, replicaOf } from './queue/consumer-priority.ts'
export type { Delivery, DeliverySource, SourceState } from './queue/delivery-source.ts'
export {
  DualEventPublisher,
  type DualPublisherOptions,
  PublishError,
} from './queue/dual-event-publisher.ts'
export { EventConsumer, type EventConsumerDeps, type EventConsumerOptions } from './queue/event-consumer.ts'
export { Journal, type JournalOptions, type RecordName } from './queue/journal.ts'
export { type DrainOptions, drainJournal } from './queue/journal-drain.ts'
export { JournalFeed, type JournalFeedDeps } from './queue/journal-feed.ts'
export { inspectJournal, type JournalReport } from './queue/journal-inspection.ts'
export { type JournalLock, journalOwner, lockJournal } from './queue/journal-lock.ts'
export { JournalSource } from './queue/journal-source.ts'
export { type ParkedEvent, ParkedEvents } from './queue/parking.ts'
export { changePartitions, inspectPartitions, type PartitionChange } from './queue/partition-change.ts'
export { JournalPublisher } from './queue/publisher.ts'
export { type ConsumerParts, QueueModule, type QueueModuleConfig } from './queue/queue-module.ts'
export { redeclareQueues } from './queue/queue-removal.ts'
export { QueueSource } from './queue/queue-source.ts'
export { type ShadowMessage, ShadowSource } from './queue/shadow-source.ts'
export {
  declareTopology,
  EVENTS_EXCHANGE,
  SHADOW_QUEUE,
  type TopologyOptions,
  topologyOf,
  WORK_SERVICES,
  workQueue,
} from './queue/topology.ts'
export { BaseRepository } from './repository.base.ts'
export { type ShotSource, ShotSourceRepository, ShotSources } from './shot-source.repository.ts'
