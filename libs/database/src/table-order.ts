// Rows that every server's events want come last, so that they stay locked for the shortest time.
const HOT_LAST = [
  'hlstats_Weapons',
  'hlstats_Maps_Counts',
  'hlstats_Actions',
  'hlstats_Roles',
  'hlstats_Servers',
]

/** One order for all writers: whoever writes the same tables takes their locks in the same sequence. */
export function inWriteOrder<T>(items: Iterable<T>, tableOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => compareTables(tableOf(a), tableOf(b)))
}

function compareTables(a: string, b: string): number {
  return HOT_LAST.indexOf(a) - HOT_LAST.indexOf(b) || (a < b ? -1 : Number(a > b))
}
