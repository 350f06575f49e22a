import type { Position } from '@hlstats/events'
import { BaseRepository } from '@hlstats/infrastructure'

/** What every row of an event table begins with. */
interface Origin {
  readonly eventTime: string
  readonly serverId: number
  readonly map: string
}

export type Row = Record<string, string | number | null>

/** Writes the event tables that belong to players, collected by the unit of work. */
export class EventRepository extends BaseRepository {
  add(table: `hlstats_Events_${string}`, origin: Origin, row: Row): void {
    this.insertLater(table, { ...origin, ...row })
  }
}

// A MEDIUMINT: what does not fit is no position on a map.
const FARTHEST = 8_388_607

/** The columns of an actor's position. */
export function positionColumns(position: Position | undefined): Row {
  const fits = position !== undefined && Math.max(...Object.values(position).map(Math.abs)) <= FARTHEST
  return { pos_x: fits ? position.x : null, pos_y: fits ? position.y : null, pos_z: fits ? position.z : null }
}

/** The columns of a victim's position. */
export function victimPositionColumns(position: Position | undefined): Row {
  const { pos_x, pos_y, pos_z } = positionColumns(position)
  return { pos_victim_x: pos_x ?? null, pos_victim_y: pos_y ?? null, pos_victim_z: pos_z ?? null }
}
