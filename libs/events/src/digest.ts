import { hash } from 'node:crypto'
import type { GameEvent } from './game-event.ts'

/** Digest of one event as it is on the wire: any changed field, also outside `data`, changes it. */
export function eventDigest(event: GameEvent): string {
  return rawEventDigest(JSON.stringify(event))
}

/** The same from the JSON text of an event: decoding and encoding again gives the same text, also of invalid events. */
export function rawEventDigest(json: string): string {
  return hash('sha256', json, 'base64url')
}

/**
 * Digest of consecutive events from the digests of each, in the order of their sequences. Two steps, so that who
 * receives events out of order can still put them right before comparing.
 */
export function rangeDigest(eventDigests: readonly string[]): string {
  return hash('sha256', eventDigests.join('\n'), 'base64url')
}
