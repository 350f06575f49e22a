import { CODES, type Disposition, type ErrorCode } from './codes.ts'

/** The project's one error class: a code from the list, its disposition, and what caused it. */
export class StatsError extends Error {
  readonly code: ErrorCode
  readonly disposition: Disposition

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'StatsError'
    this.code = code
    this.disposition = CODES[code][0]
  }
}

/** Total: any thrown value gets a disposition. What we did not classify is retried first; callers bound the attempts. */
export function dispositionOf(error: unknown): Disposition {
  return error instanceof StatsError ? error.disposition : 'retry'
}

/** The code of a StatsError, or HANDLER_FAILED for anything else. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof StatsError ? error.code : 'HANDLER_FAILED'
}

/** Foreign throws (strings, undefined) become an Error once, so that nobody else has to ask. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
