import { describe, expect, it } from 'vitest'
import { type SkillOptions, skillAfterCoopKill, skillAfterKill } from './skill.ts'

const OPTIONS: SkillOptions = { minChange: 2, maxChange: 25, ratioCap: 0, minKills: 50, skillMode: 0 }

interface Case {
  readonly name: string
  readonly killer: number
  readonly victim: number
  readonly modifier?: number
  readonly killerKills?: number
  readonly victimKills?: number
  readonly team?: string
  readonly options?: Partial<SkillOptions>
  /** Killer and victim change per skill mode, from mode 0 on. */
  readonly changes: readonly (readonly [number, number])[]
}

const same = (gain: number, loss: number): readonly [number, number][] => [
  [gain, loss],
  [gain, loss],
  [gain, loss],
  [gain, loss],
  [gain, 0],
]

/** The worked numbers of the original daemon's routine. */
const WORKED: readonly Case[] = [
  {
    name: 'equal',
    killer: 1000,
    victim: 1000,
    changes: [
      [5, -5],
      [5, -4],
      [5, -2],
      [5, -2],
      [5, 0],
    ],
  },
  {
    name: 'strong victim',
    killer: 1000,
    victim: 2000,
    changes: [
      [10, -10],
      [10, -7],
      [10, -5],
      [10, -2],
      [10, 0],
    ],
  },
  { name: 'weak victim', killer: 2000, victim: 1000, changes: same(3, -2) },
  { name: 'very weak victim', killer: 5000, victim: 1000, changes: same(2, -2) },
  {
    name: 'knife',
    killer: 1000,
    victim: 2000,
    modifier: 2,
    changes: [
      [20, -20],
      [20, -15],
      [20, -10],
      [20, -5],
      [20, 0],
    ],
  },
  {
    name: 'capped by the maximum',
    killer: 1000,
    victim: 8000,
    changes: [
      [25, -25],
      [25, -19],
      [25, -12],
      [25, -6],
      [25, 0],
    ],
  },
  {
    name: 'modifier 0.8',
    killer: 1000,
    victim: 1000,
    modifier: 0.8,
    changes: [
      [4, -4],
      [4, -3],
      [4, -2],
      [4, -2],
      [4, 0],
    ],
  },
  { name: 'modifier 0', killer: 1000, victim: 1000, modifier: 0, changes: same(2, -2) },
  { name: 'unlisted weapon', killer: 1000, victim: 1500, changes: [[8, -7]] },
  { name: 'killer has 49 kills', killer: 1000, victim: 2000, killerKills: 49, changes: same(2, -2) },
  { name: 'victim has 49 kills', killer: 1000, victim: 2000, victimKills: 49, changes: [[2, -2]] },
  { name: 'killer at 0', killer: 0, victim: 1000, changes: [[2, 0]] },
  { name: 'killer at -10', killer: -10, victim: 1000, changes: [[12, 0]] },
  { name: 'victim at 0', killer: 1000, victim: 0, changes: [[2, 0]] },
  { name: 'victim at 1', killer: 1000, victim: 1, changes: [[2, -1]] },
  {
    name: 'fractions',
    killer: 1003,
    victim: 1337,
    changes: [
      [7, -7],
      [7, -5],
    ],
  },
  {
    name: 'ratio cap, weak victim',
    killer: 5000,
    victim: 1000,
    options: { ratioCap: 1 },
    changes: [[4, -3]],
  },
  {
    name: 'ratio cap, strong victim',
    killer: 1000,
    victim: 5000,
    options: { ratioCap: 1 },
    changes: [[7, -7]],
  },
  {
    name: 'ratio cap, strong victim, knife, mode 2',
    killer: 1000,
    victim: 5000,
    modifier: 2,
    options: { ratioCap: 1, skillMode: 2 },
    changes: [[14, -7]],
  },
  {
    name: 'minimum above maximum',
    killer: 1000,
    victim: 1000,
    options: { minChange: 5, maxChange: 3 },
    changes: [[3, -3]],
  },
  {
    name: 'mode 5, Undead',
    killer: 1000,
    victim: 1000,
    team: 'Undead',
    options: { skillMode: 5 },
    changes: [[5, -2]],
  },
  {
    name: 'mode 5, Survivor',
    killer: 1000,
    victim: 1000,
    team: 'Survivor',
    options: { skillMode: 5 },
    changes: [[5, -2]],
  },
  {
    name: 'mode 5, another team',
    killer: 1000,
    victim: 1000,
    team: 'CT',
    options: { skillMode: 5 },
    changes: [[5, -5]],
  },
  {
    name: 'a mode nobody knows',
    killer: 1000,
    victim: 1000,
    options: { skillMode: 9 },
    changes: [[5, -5]],
  },
]

const killOf = (c: Case) => ({
  killer: { skill: c.killer, kills: c.killerKills ?? 50, team: c.team ?? 'CT' },
  victim: { skill: c.victim, kills: c.victimKills ?? 50 },
  modifier: c.modifier ?? 1,
})

describe('points of a kill', () => {
  for (const worked of WORKED) {
    for (const [mode, [gain, loss]] of worked.changes.entries()) {
      it(`${worked.name}, skill mode ${worked.options?.skillMode ?? mode}: ${gain} / ${loss}`, () => {
        const result = skillAfterKill(killOf(worked), { ...OPTIONS, skillMode: mode, ...worked.options })
        expect(result).toEqual({ killer: worked.killer + gain, victim: worked.victim + loss })
      })
    }
  }

  it('pays the minimum in Left 4 Dead, whatever the weapon or the strengths', () => {
    const kill = {
      killer: { skill: 1000, kills: 900, team: 'Survivor' },
      victim: { skill: 4000, kills: 900 },
      modifier: 3,
    }
    expect(skillAfterCoopKill(kill, OPTIONS)).toEqual({ killer: 1002, victim: 4000 })
  })
})
