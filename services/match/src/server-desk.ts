import type { GameEvent } from '@hlstats/events'
import { type Occasion, occasionOf } from './rules/occasion.ts'
import type { Roster } from './rules/roster.ts'
import type { ServerPlay } from './rules/server-play.ts'

/** What a server told about its load. */
export interface LoadSample {
  readonly seconds: number
  readonly players: number
  readonly maxPlayers: number
  readonly map: string
}

interface DeskRows {
  readonly serverId: number
  readonly game: string
  readonly play: ServerPlay
  readonly roster: Roster
}

/** One game server during one batch: its play, who is on it, what they did. */
export class ServerDesk {
  readonly serverId: number
  readonly game: string
  readonly play: ServerPlay
  readonly roster: Roster
  readonly samples: LoadSample[] = []
  lastEvent = 0
  maxPlayers: number | undefined

  constructor({ serverId, game, play, roster }: DeskRows) {
    this.serverId = serverId
    this.game = game
    this.play = play
    this.roster = roster
  }

  /** When and whence an event came; the play follows it, unless the event is late. */
  enter(event: GameEvent): Occasion & { readonly late: boolean } {
    const occasion = occasionOf(event)
    const late = this.play.isLate(occasion)
    if (!late) this.play.follow(event.map, occasion)
    this.lastEvent = Math.max(this.lastEvent, occasion.seconds)
    return { ...occasion, late }
  }
}
