import type { WriteStream } from 'node:tty'
import type { ScreenSize } from './frame.ts'

const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'
const SMALLEST = { columns: 80, rows: 24 }

type Environment = Readonly<Record<string, string | undefined>>

/** Whether people are likely to look at it: a terminal that can move its cursor, and no CI. */
export function isForPeople(out: { readonly isTTY?: boolean }, environment: Environment): boolean {
  return out.isTTY === true && environment.TERM !== 'dumb' && !environment.CI
}

/** The second page of a terminal, given back as it was. All that is written to it in pictures is written here. */
export class Terminal {
  readonly #out: WriteStream
  readonly #environment: Environment
  readonly #restore = () => this.#write(LEAVE)
  #isOpen = false
  #onResize: (() => void) | undefined

  constructor(out: WriteStream, environment: Environment) {
    this.#out = out
    this.#environment = environment
  }

  /** Calls back when the size changed. */
  open(onResize: () => void): void {
    this.#isOpen = true
    this.#onResize = onResize
    this.#out.on('resize', onResize)
    // Whatever way the process ends by itself, the shell gets its page and its cursor back.
    process.on('exit', this.#restore)
    this.#write(ENTER)
  }

  size(): ScreenSize {
    // A terminal without a size (a serial line, some CI) says 0.
    const { columns = 0, rows = 0 } = this.#out
    const { NO_COLOR, LC_ALL, LC_CTYPE, LANG } = this.#environment
    return {
      columns: columns > 0 ? columns : SMALLEST.columns,
      rows: rows > 0 ? rows : SMALLEST.rows,
      // Set and not empty, whatever the value: https://no-color.org
      colour: NO_COLOR === undefined || NO_COLOR === '',
      unicode: process.platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || ''),
    }
  }

  /** Writes over the picture before, without clearing first: that would flicker. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return
    this.#write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    if (this.#onResize !== undefined) this.#out.off('resize', this.#onResize)
    process.off('exit', this.#restore)
    this.#restore()
  }

  #write(text: string): void {
    this.#out.write(text)
  }
}
