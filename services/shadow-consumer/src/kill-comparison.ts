import type { Committed } from './committed.repository.ts'
import type { RecordTrack } from './record-track.ts'

/** The tracks of one partition by stream. */
export type PartitionTracks = ReadonlyMap<string, RecordTrack>

export interface KillDifference {
  readonly partition: number
  readonly seen: number
  readonly stored: number
}

interface Baseline {
  readonly positions: ReadonlyMap<string, number>
  readonly frags: number
}

/**
 * Counts the kills in the records that the player service has committed since a baseline, and holds them against the
 * rows that appeared in Events_Frags meanwhile. Partition by partition, because a game server is in one only.
 */
export class KillComparison {
  readonly #baselines = new Map<number, Baseline>()
  #exceptionMark = ''
  #compared = 0
  #taken = 0

  /** Kills that were found in the database as they were seen. */
  get compared(): number {
    return this.#compared
  }

  /** Those of `compared` that were not taken yet. */
  takeCompared(): number {
    const fresh = this.#compared - this.#taken
    this.#taken = this.#compared
    return fresh
  }

  /** Takes the next reading; gives the partitions whose numbers differ, each once. */
  compare(
    committed: Committed,
    tracksOf: (partition: number) => PartitionTracks,
    partitions: number,
  ): readonly KillDifference[] {
    // What was parked or is missing below a position makes no row now but may make one later: such a time is not judged.
    if (committed.exceptionMark !== this.#exceptionMark) this.#baselines.clear()
    this.#exceptionMark = committed.exceptionMark
    return Array.from({ length: partitions }, (_, partition) =>
      this.#compare(partition, committed, tracksOf(partition)),
    ).flat()
  }

  /** Starts anew: the rows are counted from another id on. */
  forget(): void {
    this.#baselines.clear()
  }

  /** The position up to which kills of a stream are not needed any more. */
  settledPosition(partition: number, stream: string): number {
    return this.#baselines.get(partition)?.positions.get(stream) ?? 0
  }

  #compare(partition: number, committed: Committed, tracks: PartitionTracks): readonly KillDifference[] {
    const positions = positionsOf(committed, partition)
    const stored = committed.frags.get(partition) ?? 0
    const baseline = this.#baselines.get(partition)
    // The database may be a moment ahead of this process: the next reading will do.
    if ([...tracks].some(([stream, track]) => (positions.get(stream) ?? 0) > track.last)) return []
    const start = { positions, frags: stored }
    if (baseline === undefined) {
      this.#restart(partition, start, tracks)
      return []
    }
    // A stream that moved without being known here: what this process saw of it was before its restart.
    const kills = [...new Set([...tracks.keys(), ...positions.keys()])].map((stream) => {
      const [from, to] = [baseline.positions.get(stream) ?? 0, positions.get(stream) ?? 0]
      return from === to ? 0 : tracks.get(stream)?.killsBetween(from, to)
    })
    this.#restart(partition, start, tracks)
    if (kills.some((count) => count === undefined)) return []
    const seen = kills.reduce<number>((sum, count) => sum + (count ?? 0), 0)
    const appeared = stored - baseline.frags
    this.#compared += Math.min(seen, appeared)
    return seen === appeared ? [] : [{ partition, seen, stored: appeared }]
  }

  #restart(partition: number, baseline: Baseline, tracks: PartitionTracks): void {
    this.#baselines.set(partition, baseline)
    for (const [stream, track] of tracks) track.restartAt(baseline.positions.get(stream) ?? 0)
  }
}

function positionsOf({ positions }: Committed, partition: number): ReadonlyMap<string, number> {
  const own = positions.filter(
    (position) => position.service === 'player' && position.partition === partition,
  )
  return new Map(own.map(({ stream, record }) => [stream, record]))
}
