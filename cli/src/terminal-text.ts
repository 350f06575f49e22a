// Obeyed by terminals: control characters; and what turns or hides text around it: direction marks, invisible
// separators, halves of characters.
const CONTROL = /\p{Cc}/gu
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
// JSON itself escapes only what is below the blank, and halves of characters.
const ESCAPED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
// East Asian letters and emoji take two columns of a terminal.
const WIDE =
  /\p{Emoji_Presentation}|[\ufe0f\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u
const NO_WIDTH = /^[\p{Mn}\p{Me}]+$/u
const LETTERS = new Intl.Segmenter()
// Our own marks and lines.
const ASCII: Readonly<Record<string, string>> = { '─': '-', '…': '.', '·': '|', '≤': '<' }

/** Text of strangers as a terminal may have it: control characters are shown, not obeyed, invisible ones left out. */
export function printable(text: string): string {
  return text.replaceAll(CONTROL, '�').replaceAll(INVISIBLE, '')
}

/** One line of JSON, exact, in which terminals find nothing to obey: such characters are written as escapes. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(ESCAPED, (letter) =>
    letter
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

/** How many columns of a terminal the text takes. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const { segment } of LETTERS.segment(text)) columns += columnsOfLetter(segment)
  return columns
}

/** As much of the text as fits, with a mark where something is missing. */
export function cut(text: string, columns: number, mark = '…'): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  let taken = 0
  for (const { segment } of LETTERS.segment(text)) {
    taken += columnsOfLetter(segment)
    if (taken > columns - mark.length) return columns < mark.length ? '' : kept + mark
    kept += segment
  }
  return kept
}

/** The text filled up with blanks, at its end or before it. */
export function pad(text: string, columns: number, right = false): string {
  const gap = ' '.repeat(Math.max(0, columns - columnsOf(text)))
  return right ? gap + text : text + gap
}

function columnsOfLetter(letter: string): number {
  if (NO_WIDTH.test(letter)) return 0
  return WIDE.test(letter) ? 2 : 1
}

/** The text for a terminal that knows ASCII only, as wide as before. */
export function asciiOnly(text: string): string {
  let ascii = ''
  for (const { segment } of LETTERS.segment(text)) {
    ascii += /^[ -~]$/.test(segment) ? segment : (ASCII[segment] ?? '?'.repeat(columnsOfLetter(segment)))
  }
  return ascii
}
