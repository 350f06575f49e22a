/** What a consumer holds without its COMMIT, and for how long, unless its settings say otherwise. */
export const CONSUMER_LIMITS = { heldBytes: 32 * 1024 * 1024, ackWithinMs: 60_000 } as const
