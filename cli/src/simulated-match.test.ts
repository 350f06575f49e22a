import { parseLine } from '@hlstats/game-logs'
import { describe, expect, it } from 'vitest'
import { simulateMatch } from './simulated-match.ts'
import type { PlayerTotals } from './simulated-totals.ts'

const options = {
  game: 'cstrike',
  seed: 7,
  players: 12,
  rounds: 30,
  startedAt: new Date('2026-11-22T20:00:00Z'),
}

describe.each(['cstrike', 'csgo'])('a simulated match of %s', (game) => {
  it('is the same for the same seed and another for another', () => {
    const first = simulateMatch({ ...options, game })
    expect(simulateMatch({ ...options, game })).toEqual(first)
    expect(simulateMatch({ ...options, game, seed: 8 }).totals.players).not.toEqual(first.totals.players)
  })

  it('writes lines that the parser reads, all of them', () => {
    const { lines } = simulateMatch({ ...options, game })
    expect(lines.filter((line) => parseLine(line).kind === 'unrecognised')).toEqual([])
  })

  it('leads to its totals when its lines are counted by the rules', () => {
    const { lines, totals } = simulateMatch({ ...options, game })
    expect(totals.kills).toBeGreaterThan(100)
    expect(totals.headshots * totals.suicides * totals.teamkills).toBeGreaterThan(0)
    expect(countLines(lines)).toEqual(
      new Map(totals.players.map(({ name: _name, ...row }) => [row.uniqueId, row])),
    )
  })
})

it('refuses a game that it cannot play and names those it can', () => {
  expect(() => simulateMatch({ ...options, game: 'chess' })).toThrow('use one of cstrike, csgo')
})

function countLines(lines: readonly string[]): Map<string, Omit<PlayerTotals, 'name'>> {
  const rows = new Map<string, Omit<PlayerTotals, 'name'>>()
  const row = ({ rawId }: { rawId: string }) => {
    const uniqueId = rawId.replace(/^STEAM_\d:/, '')
    const known = rows.get(uniqueId) ?? {
      uniqueId,
      kills: 0,
      deaths: 0,
      headshots: 0,
      suicides: 0,
      teamkills: 0,
    }
    rows.set(uniqueId, known)
    return known
  }
  for (const line of lines.map((text) => parseLine(text))) {
    if (line.kind === 'joinTeam') row(line.player)
    if (line.kind === 'suicide') row(line.player).suicides += 1
    if (line.kind !== 'kill') continue
    if (line.player.team === line.victim.team) {
      row(line.player).teamkills += 1
      continue
    }
    row(line.player).kills += 1
    if (line.headshot) row(line.player).headshots += 1
    row(line.victim).deaths += 1
  }
  return rows
}
