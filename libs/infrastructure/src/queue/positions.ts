import type { Database, SqlValue } from '@hlstats/database'

/** A record's place: what decides whether it counts. */
export interface RecordPlace {
  readonly partition: number
  readonly stream: string
  readonly record: number
}

/** Records that did not come, between two that did. */
export interface Gap {
  readonly partition: number
  readonly stream: string
  readonly from: number
  readonly to: number
}

/** What `admit` decided, to be reported after COMMIT. */
export interface Admission<R extends RecordPlace> {
  readonly admitted: readonly R[]
  readonly skipped: number
  readonly opened: readonly Gap[]
  readonly filled: number
}

/** Thrown instead of leaving a gap: its records may be on their way yet. */
export class MissingRecords extends Error {
  readonly gap: Gap
  /** The one behind the gap. */
  readonly next: RecordPlace

  constructor(gap: Gap, next: RecordPlace) {
    super(
      `records ${gap.from} to ${gap.to} of stream ${gap.stream} are missing in partition ${gap.partition}`,
    )
    this.name = 'MissingRecords'
    this.gap = gap
    this.next = next
  }
}

interface PositionRow {
  partition_no: number
  stream: string
  record: number | bigint
}

interface HoleRow {
  id: number
  from_record: number | bigint
  to_record: number | bigint
  state: HoleState
}

type HoleState = 'baseline' | 'open' | 'lost'

interface Hole {
  /** Of its row; a new one has none yet. */
  readonly id?: number
  readonly from: number
  readonly to: number
  readonly state: HoleState
}

/** One (partition, stream) while a unit has it locked. */
interface Track {
  readonly partition: number
  readonly stream: string
  last: number
  moved: boolean
  holes: Hole[]
  /** Whether the stored holes were read: only a record at or below the position makes them interesting. */
  isLoaded: boolean
  readonly removed: number[]
}

/**
 * The last record of each (service, partition, stream) that took effect, and the gaps below it. Moved in the transaction
 * of the effects, so that a redelivery, a resend or a second active consumer finds what is already inside. Kept for ever: an
 * ingress may come back with its journal after any time.
 */
export class StreamPositions {
  readonly #database: Database
  readonly #service: string

  constructor(database: Database, service: string) {
    this.#database = database
    this.#service = service
  }

  /**
   * Inside a unit, before anything else in it: locks the positions, picks the records that are not inside yet, and moves
   * on. Throws MissingRecords at a gap that may not be left.
   */
  async admit<R extends RecordPlace>(
    records: readonly R[],
    mayLeaveGap: (record: R) => boolean,
  ): Promise<Admission<R>> {
    const tracks = await this.#lock(records)
    const admitted: R[] = []
    const opened: Gap[] = []
    let filled = 0
    for (const record of records) {
      const track = tracks.get(keyOf(record))
      if (track === undefined) throw new Error('a record without its position')
      if (record.record > track.last) {
        const gap = advance(track, record.record)
        if (gap !== undefined && !mayLeaveGap(record)) throw new MissingRecords(gap, record)
        if (gap?.state === 'open') opened.push(gap)
        admitted.push(record)
        continue
      }
      await this.#loadHoles(track)
      if (!takeFromHole(track, record.record)) continue
      filled += 1
      admitted.push(record)
    }
    await this.#save([...tracks.values()])
    return { admitted, skipped: records.length - admitted.length, opened, filled }
  }

  // The upsert locks exactly these rows, there already or not, in key order. A locking SELECT of several keys may be
  // planned as a scan that waits for the rows of other replicas, and an INSERT IGNORE only shares the lock of an
  // existing row: two consumers that both want more would dead-lock.
  async #lock(records: readonly RecordPlace[]): Promise<Map<string, Track>> {
    const places = [...new Map(records.map((place) => [keyOf(place), place])).values()].sort(
      (a, b) => a.partition - b.partition || (a.stream < b.stream ? -1 : Number(a.stream > b.stream)),
    )
    if (places.length === 0) return new Map()
    const keys = places.flatMap(({ partition, stream }): SqlValue[] => [this.#service, partition, stream])
    await this.#database.execute(
      `INSERT INTO hlstats_Stream_Positions (service, partition_no, stream, record)
       VALUES ${places.map(() => '(?, ?, ?, 0)').join()} ON DUPLICATE KEY UPDATE record = record`,
      keys,
    )
    const rows = await this.#database.query<PositionRow>(
      `SELECT partition_no, stream, record FROM hlstats_Stream_Positions
       WHERE ${places.map(() => '(service = ? AND partition_no = ? AND stream = ?)').join(' OR ')}`,
      keys,
    )
    const tracks = rows.map((row): Track => {
      const { partition_no: partition, stream } = row
      return {
        partition,
        stream,
        last: Number(row.record),
        moved: false,
        holes: [],
        isLoaded: false,
        removed: [],
      }
    })
    return new Map(tracks.map((track) => [keyOf(track), track]))
  }

  async #loadHoles(track: Track): Promise<void> {
    if (track.isLoaded) return
    track.isLoaded = true
    const rows = await this.#database.query<HoleRow>(
      `SELECT id, from_record, to_record, state FROM hlstats_Stream_Holes
       WHERE service = ? AND partition_no = ? AND stream = ?`,
      [this.#service, track.partition, track.stream],
    )
    const stored = rows.map(({ id, from_record, to_record, state }) => ({
      id,
      from: Number(from_record),
      to: Number(to_record),
      state,
    }))
    track.holes.push(...stored)
  }

  async #save(tracks: readonly Track[]): Promise<void> {
    const moved = tracks.filter((track) => track.moved)
    if (moved.length > 0) {
      await this.#database.execute(
        `INSERT INTO hlstats_Stream_Positions (service, partition_no, stream, record, updated_at)
         VALUES ${moved.map(() => '(?, ?, ?, ?, CURRENT_TIMESTAMP(3))').join()}
         ON DUPLICATE KEY UPDATE record = VALUES(record), updated_at = VALUES(updated_at)`,
        moved.flatMap(({ partition, stream, last }) => [this.#service, partition, stream, last]),
      )
    }
    for (const track of tracks) await this.#saveHoles(track)
  }

  async #saveHoles({ holes, removed, partition, stream }: Track): Promise<void> {
    if (removed.length > 0) {
      await this.#database.execute(
        `DELETE FROM hlstats_Stream_Holes WHERE id IN (${removed.map(() => '?').join()})`,
        removed,
      )
    }
    const added = holes.filter(({ id }) => id === undefined)
    if (added.length === 0) return
    await this.#database.execute(
      `INSERT INTO hlstats_Stream_Holes (service, partition_no, stream, from_record, to_record, state)
       VALUES ${added.map(() => '(?, ?, ?, ?, ?, ?)').join()}`,
      added.flatMap(({ from, to, state }): SqlValue[] => [this.#service, partition, stream, from, to, state]),
    )
  }
}

// The first contact of a service with a stream is a baseline: what lies below was never meant for it, or comes yet.
function advance(track: Track, record: number): (Gap & Pick<Hole, 'state'>) | undefined {
  const { partition, stream, last } = track
  track.last = record
  track.moved = true
  if (record === last + 1) return undefined
  const hole: Hole = { from: last + 1, to: record - 1, state: last === 0 ? 'baseline' : 'open' }
  track.holes.push(hole)
  return { partition, stream, ...hole }
}

function takeFromHole(track: Track, record: number): boolean {
  const index = track.holes.findIndex(({ from, to }) => from <= record && record <= to)
  const hole = track.holes[index]
  if (hole === undefined) return false
  const { id, from, to, state } = hole
  const left = from < record ? [{ from, to: record - 1, state }] : []
  const right = record < to ? [{ from: record + 1, to, state }] : []
  track.holes.splice(index, 1, ...left, ...right)
  if (id !== undefined) track.removed.push(id)
  return true
}

// As the column compares.
function keyOf({ partition, stream }: { partition: number; stream: string }): string {
  return `${partition}/${stream.toLowerCase()}`
}
