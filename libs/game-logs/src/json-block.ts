import type { LineBase } from './line-base.ts'
import type { ParsedLine } from './parsed-line.ts'
import type { JsonPartLine } from './server-lines.ts'

/** A whole block of CS:GO or CS2: `JSON_BEGIN{`, `"name": "round_stats",` …, `}}JSON_END`. */
export interface JsonBlockLine extends LineBase {
  readonly kind: 'jsonBlock'
  /** `round_stats` */
  readonly name: string
  /** The single values: `round_number`, `score_t`, `score_ct`, `map`, `server`. */
  readonly fields: Readonly<Record<string, string>>
  /** One row per player, by the columns that the block names. */
  readonly players: readonly Readonly<Record<string, string>>[]
}

// The longest block of CS2 has a line per player and nine more.
const MOST_PARTS = 160
const PART = /^"([^"]*)"\s*:\s*"(.*?)",?$/
const PLAYER = /^player_\d+$/

function cells(row: string): string[] {
  return row.split(',').map((cell) => cell.trim())
}

function build(parts: readonly JsonPartLine[], { time, stamp }: LineBase): JsonBlockLine {
  const fields: Record<string, string> = {}
  const rows: string[][] = []
  let columns: string[] = []
  for (const { text } of parts) {
    const [, key = '', value = ''] = PART.exec(text) ?? []
    if (key === 'fields') columns = cells(value)
    else if (PLAYER.test(key)) rows.push(cells(value))
    else if (key !== '' && key !== '__proto__') fields[key] = value
  }
  const players = rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])),
  )
  return { kind: 'jsonBlock', time, stamp, name: fields.name ?? '', fields, players }
}

/** Joins the lines of a JSON block of one server: hand it every line; it holds back the parts and gives the block. */
export class JsonAssembler {
  #parts: JsonPartLine[] | undefined

  /** The line itself when it is no part, undefined while a block is open, the block at its end. */
  push(line: ParsedLine): Exclude<ParsedLine, JsonPartLine> | JsonBlockLine | undefined {
    if (line.kind !== 'jsonPart') return line
    const parts = this.#parts
    if (line.part === 'begin') this.#parts = []
    else if (parts === undefined) return undefined
    else if (line.part === 'end') {
      this.#parts = undefined
      return build(parts, line)
    } else if (parts.push(line) > MOST_PARTS) this.#parts = undefined
    return undefined
  }
}
