const LONGEST_REWARDED = 12

/** The action that the end of a streak of kills without dying triggers; one kill is no streak. */
export function streakAction(kills: number): string | undefined {
  return kills > 1 ? `kill_streak_${Math.min(kills, LONGEST_REWARDED)}` : undefined
}

/** What decides whether the end of a streak is paid. */
export interface StreakEnd {
  readonly eventType: string
  /** Whether the event itself may score. */
  readonly counted: boolean
  /** Players in teams when the line came. */
  readonly playerCount: number
  readonly minPlayers: number
  readonly bonusRoundIgnore: boolean
}

/**
 * Whether the action of a streak that ends here is paid: not below the minimum of players (one who leaves is not among
 * the others any more), and not at the end of a round whose bonus time is ignored, since that has begun by then.
 */
export function isStreakPaid(end: StreakEnd): boolean {
  if (!end.counted) return false
  if (end.eventType === 'ROUND_END' && end.bonusRoundIgnore) return false
  const leaving = end.eventType === 'PLAYER_DISCONNECT' ? 1 : 0
  return end.playerCount + leaving >= end.minPlayers
}
