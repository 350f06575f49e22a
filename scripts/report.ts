const startedMs = Date.now()

/** One line per state change: when, who, what. */
export function report(who: string, what: string): void {
  const seconds = ((Date.now() - startedMs) / 1_000).toFixed(1).padStart(6)
  console.log(`${seconds} s  ${who.padEnd(15)} ${what}`)
}
