const LONGEST_REWARDED = 12

/** The action that the end of a streak of kills without dying triggers; one kill is no streak. */
export function streakAction(kills: number): string | undefined {
  return kills > 1 ? `kill_streak_${Math.min(kills, LONGEST_REWARDED)}` : undefined
}
