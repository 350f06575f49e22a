import type { SqlValue } from './sql-value.ts'

/**
 * What the writes of a batch do to one column of one row. Any sequence of writes is one of these, so that a batch gives
 * what its events would have given one by one: `shift` is x → max(floor, x + sum), which stays of that form under
 * additions floored at zero and under raises.
 */
export type Change =
  | { readonly kind: 'set'; readonly value: SqlValue }
  | { readonly kind: 'shift'; readonly sum: number; readonly floor?: number }
  | { readonly kind: 'max'; readonly value: string }

/** Adds to a column; an unsigned one stops at zero at every single addition, not only at the end. */
export function addTo(change: Change | undefined, delta: number, unsigned: boolean): Change {
  if (change?.kind === 'set') {
    if (change.value === null) return change
    const sum = Number(change.value) + delta
    return { kind: 'set', value: unsigned ? Math.max(0, sum) : sum }
  }
  const { sum, floor } = change?.kind === 'shift' ? change : { sum: 0, floor: undefined }
  if (unsigned) return { kind: 'shift', sum: sum + delta, floor: Math.max(0, (floor ?? 0) + delta) }
  return { kind: 'shift', sum: sum + delta, ...(floor === undefined ? {} : { floor: floor + delta }) }
}

/** Raises a number to at least this much. */
export function raiseNumber(change: Change | undefined, value: number): Change {
  if (change?.kind === 'set') {
    return { kind: 'set', value: change.value === null ? value : Math.max(Number(change.value), value) }
  }
  if (change?.kind === 'shift') return { ...change, floor: Math.max(change.floor ?? value, value) }
  return { kind: 'shift', sum: 0, floor: value }
}

/** Raises a moment, written as text, to at least this one. */
export function raiseText(change: Change | undefined, value: string): Change {
  if (change === undefined || change.kind === 'shift') return { kind: 'max', value }
  const later = change.value === null || String(change.value) < value ? value : change.value
  return change.kind === 'set' ? { kind: 'set', value: later } : { kind: 'max', value: String(later) }
}

/** Whether the floor can ever be above x + sum: only then does a statement need it. */
export function hasBindingFloor(change: Change & { kind: 'shift' }, unsigned: boolean): boolean {
  if (change.floor === undefined) return false
  return !unsigned || change.floor > change.sum
}
