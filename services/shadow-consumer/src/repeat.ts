import { setTimeout as delay } from 'node:timers/promises'

/** Does the work now and again after each pause, until the function that it gives back is called; that waits for its end. */
export function repeat(pauseMs: number, work: () => Promise<void>): () => Promise<void> {
  const stopped = new AbortController()
  const loop = async () => {
    while (!stopped.signal.aborted) {
      await work()
      await delay(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  }
  const running = loop()
  // Until it is stopped, nobody else waits for it: what it throws ends the process.
  running.catch((error) => {
    setImmediate(() => {
      throw error
    })
  })
  return async () => {
    stopped.abort()
    await running
  }
}
