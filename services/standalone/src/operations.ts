import type { KeyChange, NetworkChange, NewServer } from '@hlstats/database'
import Type, { type Static } from 'typebox'

/** What became of a parked event that was to be taken again; `asked` where its service does it later. */
export type ReplayOutcome = 'asked' | 'replayed' | 'parked' | 'discarded'

/** What the command line changes. */
export interface Operations {
  /** Registers a game server; resolves with its id. */
  addServer(server: NewServer): Promise<number>
  /** Changes the keys of a registered server; resolves with its id. */
  changeKeys(change: KeyChange): Promise<number>
  /** Allows a network or takes that back; false when there was nothing to take back. */
  changeNetwork(change: NetworkChange): Promise<boolean>
  /** Has the events taken again, each at most once however often this is asked. */
  replayParked(ids: readonly number[]): Promise<readonly ReplayOutcome[]>
  /** Gives an event up; false when it is not parked (any more). */
  discardParked(id: number): Promise<boolean>
}

const ID = Type.Integer({ minimum: 1 })
const ADDRESS = Type.Object({ ip: Type.String(), port: Type.Integer({ minimum: 1, maximum: 65_535 }) })
const KEYS = Type.Array(
  Type.Object({
    kind: Type.Union([Type.Literal('logSecret'), Type.Literal('httpToken')]),
    digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  }),
  { maxItems: 2 },
)

/** One of them as a message. */
export const OPERATION = Type.Union([
  Type.Object({
    what: Type.Literal('addServer'),
    server: Type.Object({
      address: ADDRESS,
      game: Type.String(),
      name: Type.String(),
      mod: Type.String(),
      settings: Type.Record(Type.String(), Type.String()),
      keys: Type.Optional(KEYS),
    }),
  }),
  Type.Object({
    what: Type.Literal('changeKeys'),
    change: Type.Object({ address: ADDRESS, removeAll: Type.Boolean(), keys: KEYS }),
  }),
  Type.Object({
    what: Type.Literal('changeNetwork'),
    change: Type.Object({ network: Type.String(), game: Type.Optional(Type.String()) }),
  }),
  Type.Object({ what: Type.Literal('replayParked'), ids: Type.Array(ID, { maxItems: 1_000 }) }),
  Type.Object({ what: Type.Literal('discardParked'), id: ID }),
])

export type Operation = Static<typeof OPERATION>

/** The registration of a server as a message. */
export function addServerOperation({ settings, keys = [], ...server }: NewServer): Operation {
  return { what: 'addServer', server: { ...server, settings: { ...settings }, keys: [...keys] } }
}

/** Does what the message says. */
export async function perform(operations: Operations, operation: Operation): Promise<unknown> {
  switch (operation.what) {
    case 'addServer':
      return operations.addServer(operation.server)
    case 'changeKeys':
      return operations.changeKeys(operation.change)
    case 'changeNetwork':
      return operations.changeNetwork(operation.change)
    case 'replayParked':
      return operations.replayParked(operation.ids)
    case 'discardParked':
      return operations.discardParked(operation.id)
  }
}
