/** What the daemon's options say about points of a kill; `ratioCap` is on for any value above 0. */
export interface SkillOptions {
  readonly minChange: number
  readonly maxChange: number
  readonly ratioCap: number
  /** Kills both sides need before points depend on strength. */
  readonly minKills: number
  /** How much the victim loses: 0 all, 1 three quarters, 2 half, 3 a quarter, 4 nothing, 5 by the killer's team (zombie games). */
  readonly skillMode: number
}

/** One side of a kill before it: the killer's kills include the kill being scored. */
export interface Fighter {
  readonly skill: number
  readonly kills: number
}

export interface Kill {
  readonly killer: Fighter & { readonly team: string }
  readonly victim: Fighter
  /** Of the weapon; 1 for a weapon that the catalogue does not list. */
  readonly modifier: number
}

export interface SkillResult {
  readonly killer: number
  readonly victim: number
}

const BASE_GAIN = 5
const RATIO_FLOOR = 0.7

/** Both sides' points after a kill, in every game but Left 4 Dead. */
export function skillAfterKill(kill: Kill, options: SkillOptions): SkillResult {
  const { killer, victim } = kill
  // A side without points has no ratio: the killer gets the minimum and the victim stays.
  if (killer.skill < 1) return { killer: options.minChange, victim: victim.skill }
  if (victim.skill < 1) return { killer: killer.skill + options.minChange, victim: victim.skill }
  const { gain, loss } = exchange(kill, options)
  return { killer: rounded(killer.skill + gain), victim: rounded(victim.skill - loss) }
}

/** Left 4 Dead pays the minimum for every counted kill and takes nothing from the victim. */
export function skillAfterCoopKill(kill: Kill, options: SkillOptions): SkillResult {
  return { killer: kill.killer.skill + options.minChange, victim: kill.victim.skill }
}

function exchange({ killer, victim, modifier }: Kill, options: SkillOptions): { gain: number; loss: number } {
  const { minChange, maxChange, minKills, skillMode } = options
  const free = skillMode === 4
  if (killer.kills < minKills || victim.kills < minKills) {
    return { gain: minChange, loss: free ? 0 : minChange }
  }
  const ratio = cappedRatio(victim.skill / killer.skill, options.ratioCap)
  let gain = Math.min(ratio * BASE_GAIN * modifier, maxChange)
  let loss = Math.min(gain * victimShare(skillMode, killer.team), maxChange)
  // The limits are skipped when an operator set them the wrong way round.
  if (maxChange >= minChange) {
    gain = Math.max(gain, minChange)
    if (!free) loss = Math.max(loss, minChange)
  }
  return { gain, loss }
}

function cappedRatio(ratio: number, cap: number): number {
  return cap > 0 ? Math.min(Math.max(ratio, RATIO_FLOOR), 1 / RATIO_FLOOR) : ratio
}

function victimShare(skillMode: number, killerTeam: string): number {
  const shares: Record<number, number> = { 1: 0.75, 2: 0.5, 3: 0.25, 4: 0 }
  if (skillMode !== 5) return shares[skillMode] ?? 1
  const byTeam: Record<string, number> = { Undead: 0.5, Survivor: 0.25 }
  return byTeam[killerTeam] ?? 1
}

/** Half a point up, then toward zero: a victim's fraction is rounded in his favour. The sum takes the sign off a zero. */
function rounded(points: number): number {
  return Math.trunc(points + 0.5) + 0
}
