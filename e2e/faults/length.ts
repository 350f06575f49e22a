/** `npm run faults` runs the faults at length, `npm test` each of them once. */
const AT_LENGTH = process.env.HLSTATS_FAULTS === 'long'

/** How often or how long: as short as it proves something, or at length. */
export function atLength(short: number, long: number): number {
  return AT_LENGTH ? long : short
}
