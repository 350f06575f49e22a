/** Works on a partition in one round at a time; what is asked for meanwhile is answered by one more round. */
export class PartitionRounds {
  readonly #round: (partition: number) => Promise<void>
  readonly #failed: (partition: number, error: unknown) => void
  readonly #busy = new Set<number>()
  readonly #again = new Set<number>()

  constructor(
    round: (partition: number) => Promise<void>,
    failed: (partition: number, error: unknown) => void,
  ) {
    this.#round = round
    this.#failed = failed
  }

  ask(partition: number): void {
    if (this.#busy.has(partition)) this.#again.add(partition)
    else void this.#work(partition)
  }

  async #work(partition: number): Promise<void> {
    this.#busy.add(partition)
    try {
      do {
        this.#again.delete(partition)
        await this.#round(partition)
      } while (this.#again.has(partition))
    } catch (error) {
      this.#failed(partition, error)
    } finally {
      this.#busy.delete(partition)
    }
  }
}
