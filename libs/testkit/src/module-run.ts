import type { Database } from '@hlstats/database'
import type { GameEvent } from '@hlstats/events'
import type { BuildModules } from '@hlstats/service'
import { createMetrics, silentLogger } from '@hlstats/telemetry'

/** A service's modules on a database, without a queue. */
export interface ModuleRun {
  /** Counts these events as one batch: one transaction. */
  apply(events: readonly GameEvent[]): Promise<void>
}

/** Starts the modules as the service does, for events that a test hands over itself. */
export async function runModules(database: Database, build: BuildModules): Promise<ModuleRun> {
  // Loaded late: unit tests that only want a builder shall not wait for Prisma.
  const { EventBus, EventMetrics, ModuleRegistry } = await import('@hlstats/infrastructure')
  const logger = silentLogger()
  const metrics = new EventMetrics(logger, createMetrics())
  const eventBus = new EventBus(logger, metrics)
  const registry = new ModuleRegistry(logger)
  for (const module of build({ database, eventBus, logger, metrics })) registry.register(module)
  await registry.initializeAll()
  return {
    apply: (events) =>
      database.runUnit(async () => {
        await registry.prepareAll(events)
        for (const event of events) await eventBus.publish(event)
      }),
  }
}
