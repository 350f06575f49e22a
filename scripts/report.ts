const startedMs = Date.now()
let listener: ((line: string) => void) | undefined

/** One line per state change: when, who, what. */
export function report(who: string, what: string): void {
  const seconds = ((Date.now() - startedMs) / 1_000).toFixed(1).padStart(6)
  const line = `${seconds} s  ${who.padEnd(15)} ${what}`
  if (listener === undefined) console.log(line)
  else listener(line)
}

/** Gives the lines to somebody else than the standard output, or back to it. */
export function divertReports(to: ((line: string) => void) | undefined): void {
  listener = to
}
