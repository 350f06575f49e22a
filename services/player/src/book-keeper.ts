import { type Database, ensurePlayers, identitiesOf, playerKey, UnitMemory } from '@hlstats/database'
import type { GameEvent } from '@hlstats/events'
import type { ShotSourceRepository } from '@hlstats/infrastructure'
import type { CatalogueRepository } from './catalogue.repository.ts'
import type { ClanRepository } from './clan.repository.ts'
import type { CountRepository } from './count.repository.ts'
import type { EventRepository } from './event.repository.ts'
import type { PlayerRepository } from './player.repository.ts'
import { PlayerBook } from './player-book.ts'
import { clansIn } from './seen-clans.ts'
import type { SessionRepository } from './session.repository.ts'

export interface BookRepositories {
  readonly catalogues: CatalogueRepository
  readonly players: PlayerRepository
  readonly sessions: SessionRepository
  readonly clans: ClanRepository
  readonly events: EventRepository
  readonly counts: CountRepository
  readonly shots: ShotSourceRepository
}

/** Opens the book of a batch: reads and locks what its events will change, and writes the changes when it ends. */
export class BookKeeper {
  readonly #database: Database
  readonly #repositories: BookRepositories
  readonly #book = new UnitMemory<PlayerBook>()

  constructor(database: Database, repositories: BookRepositories) {
    this.#database = database
    this.#repositories = repositories
  }

  /** The book of the current unit of work. */
  get book(): PlayerBook {
    return this.#book.current
  }

  async open(events: readonly GameEvent[]): Promise<void> {
    const { catalogues, players, sessions, clans } = this.#repositories
    const games = new Map(events.map(({ serverId, game }) => [serverId, game]))
    const serverIds = [...games.keys()].sort((a, b) => a - b)
    const catalogue = await catalogues.current(serverIds)
    const playerIds = await ensurePlayers(this.#database, identitiesOf(events))
    const stays = await sessions.lock(serverIds)
    for (const { state } of stays) {
      const key = playerKey(games.get(state.serverId) ?? '', state.uniqueId)
      // Whom the events name has the id that he has now: an admin may have deleted him since he came.
      if (!playerIds.has(key)) playerIds.set(key, state.playerId)
    }
    const book = new PlayerBook({
      catalogue,
      events: this.#repositories.events,
      shots: await this.#repositories.shots.load(events),
      accounts: await players.lock(new Set(playerIds.values())),
      playerIdOf: (game, uniqueId) => playerIds.get(playerKey(game, uniqueId)),
      sessions: stays,
      clanIdOf: await clans.ensure(clansIn(events, catalogue)),
    })
    this.#book.keep(book, () => this.#close(book))
  }

  async #close(book: PlayerBook): Promise<void> {
    const { players, sessions, counts, shots } = this.#repositories
    shots.save(book.shots)
    for (const account of book.accounts) players.save(account)
    await sessions.save(book.sessions, (playerId) => book.skillOf(playerId))
    for (const [game, roles] of book.roles) {
      for (const [code, amounts] of roles) counts.role(game, code, amounts)
    }
    for (const [id, count] of book.actionCounts) counts.action(id, count)
  }
}
