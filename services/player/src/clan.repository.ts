import { keyOf } from '@hlstats/database'
import { BaseRepository } from '@hlstats/infrastructure'

/** A clan as a name or a tag line shows it. */
export interface SeenClan {
  readonly game: string
  readonly tag: string
  readonly name: string
}

interface ClanRow {
  readonly clanId: number
  readonly game: string
  readonly tag: string
}

export type ClanIds = (game: string, tag: string) => number | undefined

/** Finds clans by tag and founds those that are not known yet. */
export class ClanRepository extends BaseRepository {
  async ensure(seen: readonly SeenClan[]): Promise<ClanIds> {
    const wanted = new Map(seen.map((clan) => [clanKey(clan), clan]))
    const ids = await this.#find([...wanted.values()])
    const missing = [...wanted].filter(([key]) => !ids.has(key)).map(([, clan]) => clan)
    if (missing.length > 0) {
      // Another replica may found the same clan at this moment: the second row is no error.
      await this.database.execute(
        `INSERT IGNORE INTO hlstats_Clans (tag, name, game) VALUES ${missing.map(() => '(?,?,?)').join()}`,
        missing.flatMap(({ tag, name, game }) => [tag, name, game]),
      )
      for (const [key, id] of await this.#find(missing)) ids.set(key, id)
    }
    return (game, tag) => ids.get(clanKey({ game, tag }))
  }

  async #find(clans: readonly SeenClan[]): Promise<Map<string, number>> {
    if (clans.length === 0) return new Map()
    const rows = await this.query<ClanRow>(
      `SELECT clanId, game, tag FROM hlstats_Clans
        WHERE ${clans.map(() => '(game = ? AND tag = ?)').join(' OR ')}`,
      clans.flatMap(({ game, tag }) => [game, tag]),
    )
    return new Map(rows.map((row) => [clanKey(row), row.clanId]))
  }
}

function clanKey({ game, tag }: Pick<SeenClan, 'game' | 'tag'>): string {
  return `${keyOf(game)}\n${keyOf(tag)}`
}
