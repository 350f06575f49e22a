import { setTimeout as delay } from 'node:timers/promises'

/** Polls until the probe gives something truthy and returns that; a throwing probe counts as "not yet", its error explains a timeout. */
export async function until<T>(
  probe: () => T | Promise<T>,
  options: { timeoutMs?: number; everyMs?: number; what?: string } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const { timeoutMs = 30_000, everyMs = 25, what = 'the condition' } = options
  const deadline = Date.now() + timeoutMs
  let cause: unknown
  for (;;) {
    try {
      const value = await probe()
      cause = undefined
      if (value) return value as NonNullable<Exclude<T, false>>
    } catch (error) {
      cause = error
    }
    if (Date.now() >= deadline) throw new Error(`${what} did not come within ${timeoutMs} ms`, { cause })
    await delay(everyMs)
  }
}
