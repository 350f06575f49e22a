import type { LogTime } from './log-time.ts'
import type { Position } from './player-token.ts'

const SPACE = 32
const QUOTE = 34
const MINUS = 45
const POINT = 46

/** A place in a line that moves to the right: every reader takes what it knows and leaves the rest. */
export class Cursor {
  readonly text: string
  at = 0
  /** Behind the stamp. */
  bodyAt = 0
  /** Behind the last character that is not blank or control. */
  end: number
  time: LogTime | undefined = undefined
  stamp: 'valid' | 'impossible' | 'missing' = 'missing'

  constructor(text: string) {
    this.text = text
    let end = text.length
    while (end > 0 && text.charCodeAt(end - 1) <= SPACE) end -= 1
    this.end = end
  }

  /** The character code here; NaN at the end of the text. */
  peek(): number {
    return this.text.charCodeAt(this.at)
  }

  take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  skipBlanks(): void {
    while (this.at < this.end && this.text.charCodeAt(this.at) <= SPACE) this.at += 1
  }

  isDone(): boolean {
    return this.at >= this.end
  }

  rest(): string {
    return this.text.slice(this.at, this.end)
  }

  takeRest(): string {
    const rest = this.rest()
    this.at = this.end
    return rest
  }

  /** From here, behind an opening quote, to the next quote, which is passed; undefined without one. */
  untilQuote(): string | undefined {
    const close = this.text.indexOf('"', this.at)
    if (close < 0) return undefined
    const value = this.text.slice(this.at, close)
    this.at = close + 1
    return value
  }

  /** The rest of the line but for its closing quote, inner quotes included; undefined when it does not end in one. */
  untilLastQuote(): string | undefined {
    const close = this.end - 1
    if (close < this.at || this.text.charCodeAt(close) !== QUOTE) return undefined
    const value = this.text.slice(this.at, close)
    this.at = this.end
    return value
  }

  /** Up to `mark`, which is passed; undefined without it. */
  until(mark: string): string | undefined {
    const found = this.text.indexOf(mark, this.at)
    if (found < 0) return undefined
    const value = this.text.slice(this.at, found)
    this.at = found + mark.length
    return value
  }

  /** A decimal number with an optional sign and fraction; undefined when there is none. */
  number(): number | undefined {
    const { text } = this
    let at = this.at
    const negative = text.charCodeAt(at) === MINUS
    if (negative) at += 1
    let value = 0
    const first = at
    for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(++at)) {
      value = value * 10 + code - 48
    }
    if (at === first) return undefined
    if (text.charCodeAt(at) === POINT) {
      let scale = 1
      for (let code = text.charCodeAt(++at); code >= 48 && code <= 57; code = text.charCodeAt(++at)) {
        value = value * 10 + code - 48
        scale *= 10
      }
      value /= scale
    }
    this.at = at
    return negative && value !== 0 ? -value : value
  }

  /** `x y z`, in whole numbers or decimals. */
  position(): Position | undefined {
    const start = this.at
    const x = this.number()
    if (x !== undefined && this.peek() === SPACE) {
      this.at += 1
      const y = this.number()
      if (y !== undefined && this.peek() === SPACE) {
        this.at += 1
        const z = this.number()
        if (z !== undefined) return { x, y, z }
      }
    }
    this.at = start
    return undefined
  }
}

/** `x y z` of a property; undefined when it is anything else. */
export function positionOf(value: string | undefined): Position | undefined {
  return value === undefined ? undefined : new Cursor(value).position()
}

/** A number of a property; `fallback` when it is missing or no number. */
export function numberOf(value: string | undefined, fallback = 0): number {
  if (value === undefined) return fallback
  return new Cursor(value).number() ?? fallback
}
