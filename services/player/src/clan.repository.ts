import { keyOf, rowsByKey } from '@hlstats/database'
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

const CLANS = 'hlstats_Clans'

export type ClanIds = (game: string, tag: string) => number | undefined

/** Finds clans by tag and founds those that are not known yet. */
export class ClanRepository extends BaseRepository {
  async ensure(seen: readonly SeenClan[]): Promise<ClanIds> {
    const wanted = new Map(seen.map((clan) => [clanKey(clan), clan]))
    const ids = await this.#find([...wanted.values()])
    const missing = [...wanted].filter(([key]) => !ids.has(key)).map(([, clan]) => clan)
    for (const { game, tag, name } of missing) this.upsert(CLANS, { game, tag }, {}, { name })
    // Another replica may have founded the same clan at this moment: its row is found then.
    for (const [key, id] of await this.#find(missing)) ids.set(key, id)
    return (game, tag) => ids.get(clanKey({ game, tag }))
  }

  async #find(clans: readonly SeenClan[]): Promise<Map<string, number>> {
    const rows = await rowsByKey<ClanRow>(this.database, {
      table: CLANS,
      keys: clans.map(({ game, tag }) => ({ game, tag })),
      columns: ['clanId', 'game', 'tag'],
    })
    return new Map(rows.map((row) => [clanKey(row), row.clanId]))
  }
}

function clanKey({ game, tag }: Pick<SeenClan, 'game' | 'tag'>): string {
  return `${keyOf(game)}\n${keyOf(tag)}`
}
