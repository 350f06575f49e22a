/** One row of the actions catalogue, as far as it decides what an event must carry. */
export interface ActionRule {
  readonly rewardTeam: number
  /** Team to reward; '' is the team of the actor or of the line. */
  readonly team: string
  readonly forPlayer: boolean
  readonly forPlayerPlayer: boolean
  readonly forTeam: boolean
  readonly forWorld: boolean
}

export type TrackingMode = 'Normal' | 'NameTrack' | 'LAN'

/** What the database says about a game server, as far as the rules ask. */
export interface ServerSettings {
  readonly serverId: number
  /** Game code: `cstrike`, `l4d2`. */
  readonly game: string
  /** Engine and mod family (`hlstats_Games.realgame`): selects the special cases; `l4d` for both L4D games. */
  readonly family: string
  readonly mode: TrackingMode
  /** Fewer trackable players than this, and nothing scores. */
  readonly minPlayers: number
  readonly ignoreBots: boolean
  readonly bonusRoundIgnore: boolean
  /** Seconds until the bonus round ends by itself; 0: only the next round ends it. */
  readonly bonusRoundSeconds: number
  /** Same-team kills are kills. */
  readonly deathmatch: boolean
  readonly actions: ReadonlyMap<string, ActionRule>
  /** `BOT:` and the digest of name and server address: a bot of one server is nobody else. */
  readonly botId: (name: string) => string
}
