import type { Position } from '@hlstats/events'

// MEDIUMINT of the position columns.
const FARTHEST = 8_388_607

/** Whole game units, as the columns take them; a position that was not logged is left out. */
export function positions<K extends string>(
  from: Readonly<Record<K, Position | null | undefined>>,
): Partial<Record<K, Position>> {
  const given: Partial<Record<K, Position>> = {}
  for (const [key, position] of Object.entries(from) as [K, Position | null | undefined][]) {
    if (position !== null && position !== undefined) given[key] = rounded(position)
  }
  return given
}

function rounded({ x, y, z }: Position): Position {
  const whole = (value: number) => Math.max(-FARTHEST, Math.min(FARTHEST, Math.round(value))) || 0
  return { x: whole(x), y: whole(y), z: whole(z) }
}
