/** Lets one loop sleep until somebody has work for it. */
export class WakeUp {
  #wake: (() => void) | undefined
  #isPending = false

  /** Ends the sleep, or the next one at once. */
  now(): void {
    this.#isPending = true
    this.#wake?.()
  }

  /** Returns on a wake-up, or after the time. */
  async wait(ms: number): Promise<void> {
    if (!this.#isPending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#wake = undefined
    this.#isPending = false
  }

  /** Sleeps the whole time whatever arrives, unless it is over. */
  async pause(ms: number, isOver: () => boolean): Promise<void> {
    const end = performance.now() + ms
    while (!isOver() && performance.now() < end) await this.wait(Math.max(1, end - performance.now()))
  }
}
