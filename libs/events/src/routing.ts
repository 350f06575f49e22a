import type { EventCategory } from './event-types.ts'
import type { GameEvent } from './game-event.ts'

/** The partition that keeps a server's order: ids are sequential, so servers spread evenly by construction. */
export function partitionOf(serverId: number, partitions: number): number {
  return serverId % partitions
}

/** `p<k>.<category>.<category>…`, the categories sorted: our queues bind `p<k>.#`, foreign ones `#.kill.#`. */
export function routingKey(partition: number, categories: Iterable<EventCategory>): string {
  return [`p${partition}`, ...[...new Set(categories)].sort()].join('.')
}

/** `<stream>.<serverId>.<sequence>` */
export function eventIdOf(event: Pick<GameEvent, 'stream' | 'serverId' | 'sequence'>): string {
  return `${event.stream}.${event.serverId}.${event.sequence}`
}
