import type { EventData, EventType, GameEvent, PlayerRef } from '@hlstats/events'
import { anEvent, aPlayer } from './builders.ts'

/** Repeatable chance: the same seed gives the same numbers. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * limit)
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
}

export interface HistoryOptions {
  readonly seed: number
  readonly events: number
  readonly servers?: number
  readonly game?: string
}

const TEAMS = ['CT', 'TERRORIST'] as const
const WEAPONS = ['ak47', 'awp', 'knife', 'famas', 'no_such_weapon', 'No_Such_Weapon'] as const
const NAMES = ['Al', 'al ', '[abc]Bob', 'Zoë', 'zoe', '-xyz-Carl'] as const
const ACTIONS = [
  'Planted_The_Bomb',
  'Defused_The_Bomb',
  'Got_The_Bomb',
  'headshot',
  'no_such_action',
] as const

/** Some hours on several servers that share their players, with everything that counting has a rule for. */
export function aHistory({ seed, events, servers = 2, game = 'css' }: HistoryOptions): GameEvent[] {
  const chance = new Chance(seed)
  const stages = Array.from({ length: servers }, (_, index) => new Stage(index + 1, game, chance))
  const history: GameEvent[] = []
  const clock = { at: Date.UTC(2026, 0, 1, 22) }
  while (history.length < events) {
    clock.at += chance.below(40) * 1_000
    history.push(...chance.pick(stages).next(clock.at, history.length))
  }
  return history
}

/** One server: who is on it, and what happens next. */
class Stage {
  readonly #serverId: number
  readonly #game: string
  readonly #chance: Chance
  readonly #present = new Map<number, PlayerRef>()
  #sequence = 0
  #map = 'de_dust2'

  constructor(serverId: number, game: string, chance: Chance) {
    this.#serverId = serverId
    this.#game = game
    this.#chance = chance
  }

  next(at: number, line: number): GameEvent[] {
    const events: GameEvent[] = []
    const add: Add = (type, data) => {
      this.#sequence += 1
      const event = anEvent(type, data, {
        serverId: this.#serverId,
        game: this.#game,
        stream: 'history',
        sequence: this.#sequence,
        map: this.#map,
        playerCount: 8,
        timestamp: new Date(at).toISOString(),
        receivedAt: new Date(at + line).toISOString(),
      })
      events.push(event as unknown as GameEvent)
      return undefined
    }
    this.#happen(add)
    return events
  }

  #happen(add: Add): void {
    const dice = this.#chance.below(100)
    if (dice < 45) this.#kill(add)
    else if (dice < 60) this.#act(add)
    else if (dice < 72) this.#shoot(add)
    else if (dice < 86) this.#come(add)
    else this.#turn(add)
  }

  #kill(add: Add): void {
    const [killer, victim] = [this.#someone(add), this.#someone(add)]
    const data = {
      killer,
      victim,
      weapon: this.#chance.pick(WEAPONS),
      headshot: this.#chance.below(3) === 0,
    }
    const dice = this.#chance.below(10)
    if (dice === 0) add('PLAYER_SUICIDE', { player: victim, weapon: 'world' })
    else if (dice === 1) add('PLAYER_TEAMKILL', data)
    else add('PLAYER_KILL', data)
    if (dice > 7) add('PLAYER_ASSIST', { player: this.#someone(add), victim, flash: dice === 9 })
  }

  #act(add: Add): void {
    const player = this.#someone(add)
    const members = [...this.#present.values()].map(({ uniqueId, team }) => ({ uniqueId, team }))
    const action = this.#chance.pick(ACTIONS)
    const dice = this.#chance.below(4)
    if (dice === 0) {
      add('ACTION_PLAYER_PLAYER', { player, victim: this.#someone(add), action: 'domination' })
    } else if (dice === 1) add('ACTION_TEAM', { team: player.team, action: 'CTs_Win', members })
    else add('ACTION_PLAYER', { player, action, members, playerBonus: this.#chance.below(3) })
  }

  #shoot(add: Add): void {
    const player = this.#someone(add)
    const weapon = this.#chance.pick(WEAPONS)
    const n = this.#chance.below(20)
    const dice = this.#chance.below(20)
    if (dice === 0) {
      add('WEAPON_STATS', {
        player,
        weapon,
        shots: n,
        hits: n >> 1,
        kills: 1,
        headshots: 0,
        teamkills: 0,
        damage: n * 10,
        deaths: 1,
      })
    } else if (dice < 10) add('WEAPON_FIRE', { player, weapon })
    else add('WEAPON_HIT', { player, weapon, damage: n, damageArmor: 0, hitgroup: 'head' })
  }

  #come(add: Add): undefined {
    const player = this.#someone(add)
    const number = Number(player.uniqueId.split(':').at(-1))
    const change = (values: Partial<PlayerRef>) => {
      const changed = { ...player, ...values }
      this.#present.set(number, changed)
      return changed
    }
    switch (this.#chance.below(6)) {
      case 0:
        this.#present.delete(number)
        return add('PLAYER_DISCONNECT', { player, reason: '', inferred: false })
      case 1:
        return add('PLAYER_CHANGE_TEAM', {
          player: change({ team: this.#chance.pick(TEAMS) }),
          previousTeam: player.team,
        })
      case 2:
        return add('PLAYER_CHANGE_NAME', {
          player: change({ name: this.#chance.pick(NAMES) }),
          previousName: player.name,
        })
      case 3:
        return add('PLAYER_CONNECT', { player, address: '192.0.2.7' })
      case 4:
        return add('CHAT_MESSAGE', { player, mode: 1, message: 'gg', command: false, dead: false })
      default:
        return add('PLAYER_ENTRY', { player })
    }
  }

  #turn(add: Add): void {
    const dice = this.#chance.below(16)
    if (dice > 11) this.#score(add, dice)
    else if (dice < 5) add('ROUND_START', { action: 'Round_Start' })
    else if (dice < 10) add('ROUND_END', { action: 'Round_End', winner: this.#chance.pick([...TEAMS, '']) })
    else if (dice === 10) {
      const previousMap = this.#map
      this.#map = this.#chance.pick(['de_dust2', 'de_nuke', 'DE_NUKE'])
      add('MAP_CHANGE', { phase: 'loading', previousMap })
      add('MAP_CHANGE', { phase: 'started', previousMap })
    } else add('SERVER_TICK', { players: this.#present.size, maxPlayers: 12 })
  }

  #score(add: Add, dice: number): void {
    const n = this.#chance.below(12)
    const phase = this.#chance.pick(['start', 'live', 'warmup', 'over'] as const)
    if (dice === 12) add('MATCH_STATE', { phase })
    else if (dice === 13) {
      const player = this.#someone(add)
      add('MATCH_PLAYER', { player, mvps: n >> 2, damage: n * 40, utilityDamage: n, enemiesFlashed: n >> 1 })
    } else {
      const team = this.#chance.pick(TEAMS)
      const names = [{ team, name: this.#chance.pick(NAMES) }]
      add('MATCH_STATE', { scores: [{ team, score: n }], names, final: n > 9, externalId: `cup-${n >> 3}` })
    }
  }

  #someone(add: Add): PlayerRef {
    const number = 1 + this.#chance.below(8)
    const known = this.#present.get(number)
    if (known !== undefined) return known
    const bot = number === 8
    const player = aPlayer(number, {
      name: this.#chance.pick(NAMES),
      team: this.#chance.pick(TEAMS),
      bot,
      ...(bot ? { uniqueId: `BOT:${this.#serverId}:8`, rawId: 'BOT' } : {}),
    })
    this.#present.set(number, player)
    add('PLAYER_SEEN', { player })
    return player
  }
}

type Add = <T extends EventType>(type: T, data: EventData[T]) => undefined

/** Cuts a history into batches at these places, wherever they are. */
export function inBatches(history: readonly GameEvent[], cuts: readonly number[]): GameEvent[][] {
  const places = [...new Set(cuts.map((cut) => cut % (history.length + 1)))].sort((a, b) => a - b)
  return [0, ...places]
    .map((start, index) => history.slice(start, places[index] ?? history.length))
    .filter((batch) => batch.length > 0)
}
