import type { NewServer } from '@hlstats/database'
import Type, { type Static } from 'typebox'

/** What became of a parked event that was to be taken again; `asked` where its service does it later. */
export type ReplayOutcome = 'asked' | 'replayed' | 'parked' | 'discarded'

/** What the command line changes. */
export interface Operations {
  /** Registers a game server; resolves with its id. */
  addServer(server: NewServer): Promise<number>
  /** Has the events taken again, each at most once however often this is asked. */
  replayParked(ids: readonly number[]): Promise<readonly ReplayOutcome[]>
  /** Gives an event up; false when it is not parked (any more). */
  discardParked(id: number): Promise<boolean>
}

const ID = Type.Integer({ minimum: 1 })

/** One of them as a message. */
export const OPERATION = Type.Union([
  Type.Object({
    what: Type.Literal('addServer'),
    server: Type.Object({
      address: Type.Object({ ip: Type.String(), port: Type.Integer({ minimum: 1, maximum: 65_535 }) }),
      game: Type.String(),
      name: Type.String(),
      mod: Type.String(),
      settings: Type.Record(Type.String(), Type.String()),
    }),
  }),
  Type.Object({ what: Type.Literal('replayParked'), ids: Type.Array(ID, { maxItems: 1_000 }) }),
  Type.Object({ what: Type.Literal('discardParked'), id: ID }),
])

export type Operation = Static<typeof OPERATION>

/** Does what the message says. */
export async function perform(operations: Operations, operation: Operation): Promise<unknown> {
  switch (operation.what) {
    case 'addServer':
      return operations.addServer(operation.server)
    case 'replayParked':
      return operations.replayParked(operation.ids)
    case 'discardParked':
      return operations.discardParked(operation.id)
  }
}
