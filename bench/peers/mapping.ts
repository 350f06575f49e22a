import { type ParsedLine, parseLine } from '@hlstats/game-logs'
import type { PeerTest } from '@hlstats/testkit'

/** A value of ours that must equal the peer's, found by its path or by a function; loosely: `12` equals `'12'`. */
export type Field = string | ((line: ParsedLine, expected: unknown) => boolean)

/** How one peer says what we say. */
export interface Mapping {
  /** Names of expectations that say nothing about the line: the title of the test and the like. */
  readonly titles: readonly string[]
  readonly fields: Readonly<Record<string, Field>>
  /** Cases that we do not match, by a piece of their line or of their expectation, with the reason. */
  readonly exceptions: readonly (readonly [piece: string, reason: string])[]
  /** The line that is parsed, where the peer's input is less than a line. */
  readonly wrap?: (test: PeerTest) => string
}

/** What became of one case. */
export interface Outcome {
  readonly test: PeerTest
  readonly result: 'matched' | 'exception' | 'failed'
  /** Why it is an exception, or which expectations were missed. */
  readonly reason: string
}

/** `player.position.x` of a line; undefined where there is no such thing. */
export function valueAt(line: unknown, path: string): unknown {
  let value: unknown = line
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return value
}

/** Nested expectations as paths: `payload.player.name`. Lists stay whole. */
function flatten(value: unknown, path: string, into: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) into.set(path, value)
  else {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, path === '' ? key : `${path}.${key}`, into)
  }
}

/** `[1, 2, 3]` equals `{ x: 1, y: 2, z: 3 }`, `'12'` equals `12`. */
export function isSame(ours: unknown, theirs: unknown): boolean {
  if (Array.isArray(theirs)) {
    const { x, y, z } = (ours ?? {}) as { x?: unknown; y?: unknown; z?: unknown }
    return isSame(x, theirs[0]) && isSame(y, theirs[1]) && isSame(z, theirs[2])
  }
  return ours === theirs || (ours !== undefined && String(ours) === String(theirs))
}

function missed(line: ParsedLine, expected: ReadonlyMap<string, unknown>, mapping: Mapping): string[] {
  const misses: string[] = []
  for (const [path, theirs] of expected) {
    if (mapping.titles.includes(path)) continue
    const field = mapping.fields[path]
    if (field === undefined) misses.push(`${path} is not mapped`)
    else if (typeof field === 'function' ? !field(line, theirs) : !isSame(valueAt(line, field), theirs)) {
      const ours = typeof field === 'function' ? line.kind : valueAt(line, field)
      misses.push(`${path}: ${JSON.stringify(ours)} is not ${JSON.stringify(theirs)}`)
    }
  }
  return misses
}

/** Compares our reading of a peer's case with the peer's, field by field. */
export function compare(test: PeerTest, mapping: Mapping): Outcome {
  const expected = new Map<string, unknown>()
  flatten(test.expect, '', expected)
  const misses = missed(parseLine(mapping.wrap?.(test) ?? test.line), expected, mapping)
  if (misses.length === 0) return { test, result: 'matched', reason: '' }
  const text = `${test.line} ${JSON.stringify(test.expect)}`
  const exception = mapping.exceptions.find(([piece]) => text.includes(piece))
  if (exception !== undefined) return { test, result: 'exception', reason: exception[1] }
  return { test, result: 'failed', reason: misses.join('; ') }
}

/** A peer's word for a kind: any of these kinds, and where they cover more than the word, of this action. */
export function kinds(table: Readonly<Record<string, string>>): Field {
  return (line, expected) => {
    const [kind, action] = (table[String(expected)] ?? '').split(':')
    return line.kind === kind && (action === undefined || isSame(valueAt(line, 'action'), action))
  }
}

/** The stamp as UTC. */
export function utc(line: ParsedLine): string {
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = line.time ?? {}
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString().slice(0, 19)
}
