import type { Golden } from './parity/golden.ts'

/** Logs of real matches whose golden results are compared end to end. */
export const REAL_LOGS = [
  ['CS 1.6', 'rahulrahaman+cslogs/7thJune/L0607006.log'],
  ['CS:GO', 'BenLubar+csgo-log-stuff/20140216/L000_000_000_000_27015_201402161857_001.log'],
  ['TF2', 'Arie+tf2_line_parser/broder_vs_epsilon.log'],
] as const

type Sections = Golden['sections']

/** Kill lines, however they were counted. */
export function killLines({ frags = [], teamkills = [] }: Sections): number {
  return [...frags, ...teamkills].reduce((sum, row) => sum + Number(row.count), 0)
}

/** What each player has, one line each. */
export function scores({ players = [] }: Sections) {
  return players
    .map((row) =>
      ['uniqueId', 'kills', 'deaths', 'headshots', 'suicides', 'teamkills']
        .map((key) => String(row[key]))
        .join(' '),
    )
    .sort()
}

// We count weapons that the seed does not list, too. Of those the Perl daemon has only the kills themselves.
export function weapons({ weapons: rows = [], frags = [] }: Sections) {
  const totals = new Map(rows.map((row) => [String(row.weapon), [Number(row.kills), Number(row.headshots)]]))
  const unlisted = frags.filter(({ weapon }) => !rows.some((row) => row.weapon === weapon))
  for (const { weapon, count, headshot } of unlisted) {
    const [kills = 0, headshots = 0] = totals.get(String(weapon)) ?? []
    totals.set(String(weapon), [
      kills + Number(count),
      headshots + (Number(headshot) > 0 ? Number(count) : 0),
    ])
  }
  return [...totals].map(([weapon, counts]) => `${weapon} ${counts.join(' ')}`).sort()
}
