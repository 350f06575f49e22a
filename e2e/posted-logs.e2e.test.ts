import { addServer, parseServerAddress, serverKeyDigest } from '@hlstats/database'
import { afterEach, describe, expect, it } from 'vitest'
import { Simulation } from '../cli/src/simulation/simulation.ts'
import { TotalsCheck } from '../cli/src/totals-check.ts'
import { type CountingSystem, SYSTEMS } from './systems.ts'

const SERVER = '203.0.113.5:27015'
const TOKEN = 'a-token-of-24-characters'
const LINES = 900
const BODY_LINES = 60

let system: CountingSystem

afterEach(() => system.stop())

/** A CS2 server: what is not answered with 200 it posts again, with what came meanwhile. */
class PostingServer {
  #log = ''
  #answered = 0

  /** Shows lines, and posts everything that was not answered; a server that `hangsUp` does not wait for the answer. */
  async post(lines: readonly string[], hangsUp: boolean): Promise<void> {
    this.#log += lines.map((line) => `${line.replace(/^L /, '')}\n`).join('')
    const body = Buffer.from(this.#log).subarray(this.#answered)
    const end = this.#answered + body.length
    const response = await fetch(`http://127.0.0.1:${system.logHttpPort}/${TOKEN}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'text/plain',
        'x-server-addr': '0.0.0.0:27015',
        'x-server-instance-token': '0816dd577479d82a',
        'x-logbytes-beginoffset': String(this.#answered),
        'x-logbytes-endoffset': String(end),
      },
    })
    expect(response.status).toBe(200)
    if (!hangsUp) this.#answered = end
  }
}

describe.each(SYSTEMS)('the posted log of a CS2 server in $kind', ({ create }) => {
  it('is counted line by line, though many a body comes twice and ingress dies in between', async () => {
    system = await create()
    await addServer(system.database, {
      address: parseServerAddress(SERVER),
      game: 'cs2',
      name: 'posting',
      mod: '',
      settings: { MinPlayers: '2' },
      keys: [{ kind: 'httpToken', digest: serverKeyDigest('httpToken', TOKEN) }],
    })
    await system.start()
    const startedAt = new Date('2026-11-21T20:00:00Z')
    const simulation = new Simulation({ seed: 5, games: ['cs2'], addresses: [SERVER], startedAt })
    const check = await TotalsCheck.open(system.database, simulation)
    const server = new PostingServer()
    for (let bodies = 0; bodies < LINES / BODY_LINES; bodies++) {
      if (bodies === 8) {
        await system.ingress.kill()
        await system.start()
      }
      await server.post([...(simulation.servers[0]?.take(BODY_LINES) ?? [])], bodies % 3 === 1)
    }
    await server.post([], false)
    expect(await check.settle()).toEqual([])
    await system.settle()
    expect(await system.rows('hlstats_Parked')).toEqual([])
    expect(await system.rows('hlstats_Stream_Holes')).toEqual([])
  })
})
