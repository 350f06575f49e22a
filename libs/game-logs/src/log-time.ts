/** A moment on the wall clock of a game server, without its time zone. */
export interface LogTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 0 where the stamp has none. */
  readonly millisecond: number
}
