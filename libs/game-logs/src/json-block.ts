/** One entry of a JSON block of CS:GO or CS2, which has a line for each: `"score_ct" : "3",`, `"player_0" : "223, 2, 5"`. */
export interface JsonEntry {
  readonly key: string
  readonly value: string
}

const ENTRY = /^"([^"]*)"\s*:\s*"(.*?)",?$/

/** The entry of a line inside a block; undefined for one that opens or closes something. */
export function jsonEntry(text: string): JsonEntry | undefined {
  const [, key, value] = ENTRY.exec(text) ?? []
  return key === undefined || value === undefined ? undefined : { key, value }
}

/** The cells of a row: the block's `fields` name the columns, each player's row fills them. */
export function jsonCells(row: string): string[] {
  return row.split(',').map((cell) => cell.trim())
}
