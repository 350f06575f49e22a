import { BlockList } from 'node:net'
import type { NetworkRow } from './server.repository.ts'

/** The networks whose game servers are registered when they send: the smallest one that an address is in decides. */
export class AllowedNetworks {
  readonly #networks: readonly { readonly addresses: BlockList; readonly game: string }[]

  constructor(rows: readonly NetworkRow[]) {
    this.#networks = rows
      .map(({ network, game }) => {
        const [ip = '', bits] = network.split('/')
        const addresses = new BlockList()
        addresses.addSubnet(ip, Number(bits))
        return { addresses, game, bits: Number(bits) }
      })
      .sort((a, b) => b.bits - a.bits)
  }

  /** The game of servers at this address; undefined where nobody is allowed. */
  gameOf(ip: string): string | undefined {
    return this.#networks.find(({ addresses }) => addresses.check(ip))?.game
  }
}
