import type { LogTime } from './log-time.ts'

/** What every parsed line has. */
export interface LineBase {
  /** The wall clock of the game server; undefined without a stamp, or when it names no possible moment. */
  readonly time: LogTime | undefined
  readonly stamp: 'valid' | 'impossible' | 'missing'
}
