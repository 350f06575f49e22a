import { inspect } from 'node:util'

const HIDDEN = '[redacted]'

/** A value that prints as `[redacted]` wherever it ends up: logs, JSON, templates, the inspector. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself: call it where it is used, and keep nothing. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}

/** A text for people to read, its URLs without their passwords. */
export function hideCredentials(text: string): string {
  return text.replace(/(:\/\/[^\s:@/]*):[^\s/]*@/g, '$1:***@')
}
