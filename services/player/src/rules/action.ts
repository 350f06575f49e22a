/** A row of the action list. */
export interface Action {
  readonly id: number
  readonly code: string
  readonly rewardPlayer: number
  readonly rewardTeam: number
  /** The team that gets the team reward; '' means the actor's, or the team the line names. */
  readonly team: string
  readonly forPlayer: boolean
  readonly forPlayerPlayer: boolean
  readonly forTeam: boolean
  readonly forWorld: boolean
}

export type ActionScope = 'forPlayer' | 'forPlayerPlayer' | 'forTeam' | 'forWorld'

/** The actions of one game by code; several teams may have a row of the same code. */
export type ActionList = ReadonlyMap<string, readonly Action[]>

/** The row of a code that applies in a scope: that of the team if there is one, else the one listed last. */
export function findAction(
  list: ActionList | undefined,
  code: string,
  scope: ActionScope,
  team: string,
): Action | undefined {
  const rows = list?.get(code)?.filter((action) => action[scope]) ?? []
  return rows.find((action) => action.team === team) ?? rows.at(-1)
}

/** Some codes have a row of their own for one map. */
export function mapSpecificCode(map: string, code: string): string {
  return `${map}_${code}`
}

/** TF2 pays each capper by the team line: the capper's own line pays no team reward. */
const PAID_BY_TEAM_LINE = 'pointcaptured'

/** What an action line of a player gives to his team. */
export function teamRewardOfPlayerAction(action: Action, bonus: number): number {
  return action.code === PAID_BY_TEAM_LINE ? 0 : action.rewardTeam + bonus
}
