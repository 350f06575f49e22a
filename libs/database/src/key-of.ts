import { readFileSync } from 'node:fs'

// Weights of utf8mb4_unicode_ci for the characters below U+10000, read from a server with WEIGHT_STRING(); a test
// compares all of them with the database. A line is `first[+count|=count] weights` in hexadecimal: count characters in a
// row, each with the next weight (+) or all with the same (=). Characters that are not named have computed weights.
const WEIGHTS_FILE = new URL('collation-weights.txt', import.meta.url)

const SPACE = '\u0209'
const REPLACEMENT_CHARACTER = 0xfffd
// The collation is older than most of what is beyond U+FFFF: all of it is one and the same character to it.
const BEYOND = '\ufffd'

const weights = readWeights(readFileSync(WEIGHTS_FILE, 'utf8'))

// The same players, weapons and maps come again and again; the bounds keep made-up names from filling the memory.
const MOST_REMEMBERED = 20_000
const LONGEST_REMEMBERED = 64
const remembered = new Map<string, string>()

/**
 * What the database compares instead of the text: two texts with one key are one value to its unique keys, and keys sort
 * as its indexes do. Case, accents, invisible characters and trailing spaces do not count.
 */
export function keyOf(text: string): string {
  if (text.length > LONGEST_REMEMBERED) return computeKey(text)
  const known = remembered.get(text)
  if (known !== undefined) return known
  const key = computeKey(text)
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(text, key)
  return key
}

function computeKey(text: string): string {
  let key = ''
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0xd800 || unit > 0xdfff) {
      key += weightOf(unit)
    } else if (unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      key += BEYOND
      index += 1
    } else {
      // Half of a pair is stored as this.
      key += weightOf(REPLACEMENT_CHARACTER)
    }
  }
  let end = key.length
  while (end > 0 && key[end - 1] === SPACE) end -= 1
  return key.slice(0, end)
}

function weightOf(unit: number): string {
  return weights[unit] ?? computedWeight(unit)
}

function computedWeight(unit: number): string {
  const isHan = unit >= 0x4e00 && unit <= 0x9fa5
  const isRareHan = unit >= 0x3400 && unit <= 0x4db5
  const base = isHan ? 0xfb40 : isRareHan ? 0xfb80 : 0xfbc0
  return String.fromCharCode(base + (unit >> 15), (unit & 0x7fff) | 0x8000)
}

function readWeights(file: string): readonly (string | undefined)[] {
  const table = new Array<string | undefined>(0x10000)
  for (const [, first = '', kind, count = '1', hex = ''] of file.matchAll(
    /^([\da-f]+)(?:([+=])([\da-f]+))? ([\dA-F]*)$/gm,
  )) {
    const start = Number.parseInt(first, 16)
    const step = kind === '+' ? 1 : 0
    const units = (hex.match(/.{4}/g) ?? []).map((weight) => Number.parseInt(weight, 16))
    for (let offset = 0; offset < Number.parseInt(count, 16); offset += 1) {
      table[start + offset] = String.fromCharCode(...units.map((unit) => unit + step * offset))
    }
  }
  return table
}
