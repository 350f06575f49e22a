import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import {
  freeTcpPort,
  freeUdpPort,
  goldSrcPacket,
  ServiceProcess,
  temporaryFolder,
  type UdpSender,
  udpSender,
  until,
} from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../cli/src/simulation/random.ts'
import { TestSystem } from './processes.ts'
import { type CountingSystem, SYSTEMS } from './systems.ts'

const LARGEST_DATAGRAM = 65_507
const STAMP = 'L 11/21/2026 - 20:00:00: '

describe.each(SYSTEMS)('bad input from the network in $kind', ({ create }) => {
  let system: CountingSystem
  let gameServer: UdpSender
  let stranger: UdpSender
  let sent = 0

  beforeAll(async () => {
    system = await create()
    gameServer = await udpSender()
    stranger = await udpSender()
    await system.database.execute(
      "INSERT INTO hlstats_Servers (address, port, name, game) VALUES ('127.0.0.1', ?, 'bad input', 'cstrike')",
      [gameServer.port],
    )
    await system.start()
  })

  afterAll(async () => {
    gameServer.close()
    stranger.close()
    await system.stop()
  })

  async function send(from: UdpSender, ...datagrams: readonly Buffer[]): Promise<void> {
    for (const datagram of datagrams) await from.send(datagram, system.udpPort)
    sent += datagrams.length
    await until(
      async () => (await system.ingress.metric('hlstats_ingress_datagrams_received_total')) === sent,
      {
        what: `${sent} datagrams to be received`,
      },
    )
  }

  function dropped(reason: string): Promise<number | undefined> {
    return system.ingress.metric('hlstats_ingress_dropped_total', `reason="${reason}"`)
  }

  it('counts datagrams that hold no log line', async () => {
    const random = seededRandom(1)
    const garbage = Array.from({ length: 200 }, () =>
      Buffer.from(Array.from({ length: random.integer(0, 300) }, () => random.integer(32, 255))),
    )
    await send(gameServer, ...garbage)
    expect(await dropped('malformed')).toBe(garbage.length)
  })

  it('counts a line of 64 KB', async () => {
    const head = goldSrcPacket(`${STAMP}"Ann<1><STEAM_0:0:1><CT>" say "`).subarray(0, -2)
    const line = Buffer.concat([head, Buffer.alloc(LARGEST_DATAGRAM - head.length, 'x')])
    await send(gameServer, line)
    expect(await dropped('oversize')).toBe(1)
  })

  it('refuses a server that nobody registered, and shows it', async () => {
    await send(stranger, goldSrcPacket(`${STAMP}World triggered "Round_Start"`))
    expect(await dropped('unknownServer')).toBe(1)
    const response = await fetch(`${system.ingress.url}/unknown-senders`)
    expect(await response.text()).toContain(`127.0.0.1:${stranger.port}`)
  })

  it('refuses an envelope with a wrong key', async () => {
    const envelope = Buffer.from(
      `PROXY Key=wrong 127.0.0.1:${gameServer.port}PROXY ${STAMP}World triggered "Round_End"`,
    )
    await send(stranger, envelope)
    expect(await dropped('proxyKey')).toBe(1)
  })

  it('goes on counting afterwards', async () => {
    const token = (number: number, team: string) => `"P${number}<${number}><STEAM_0:0:${number}><${team}>"`
    const players = [1, 2, 3, 4, 5, 6].map((number) => ({
      number,
      team: number % 2 === 0 ? 'CT' : 'TERRORIST',
    }))
    const joins = players.map(({ number, team }) => `${token(number, '')} joined team "${team}"`)
    const kill = `${token(1, 'TERRORIST')} killed ${token(2, 'CT')} with "ak47"`
    await send(gameServer, ...[...joins, kill].map((line) => goldSrcPacket(STAMP + line)))
    const kills = () => system.database.query('SELECT 1 FROM hlstats_Events_Frags')
    await until(async () => (await kills()).length === 1, { what: 'the kill to be counted' })
    expect(await system.rows('hlstats_Parked')).toEqual([])
  })
})

describe('a wrong environment', () => {
  const started: ServiceProcess[] = []

  afterAll(async () => {
    for (const service of started) await service.kill()
  })

  async function startWith(name: string, env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const httpPort = Number(env[`${name.toUpperCase()}_HTTP_PORT`] ?? (await freeTcpPort()))
    const defaults = {
      DATABASE_URL: 'mysql://root@127.0.0.1:1/hlstats',
      AMQP_URL: 'amqp://guest:guest@127.0.0.1:1',
      [`${name.toUpperCase()}_HTTP_PORT`]: String(httpPort),
      ...(name === 'ingress' ? { INGRESS_JOURNAL_DIR: temporaryFolder('journal') } : {}),
    }
    const service = new ServiceProcess({ name, httpPort, env: { ...defaults, ...env } })
    started.push(service)
    service.start()
    return service
  }

  function ended(service: ServiceProcess): Promise<true> {
    return until(() => !service.isRunning, { timeoutMs: 30_000, what: `the end of ${service.name}` })
  }

  it('ends at once and names every variable that is wrong', async () => {
    const service = await startWith('player', {
      DATABASE_URL: 'postgres://u:hunter2@db/x',
      PLAYER_STOP_WITHIN_MS: 'soon',
    })
    await ended(service)
    expect(service.output).toContain('DATABASE_URL')
    expect(service.output).toContain('PLAYER_STOP_WITHIN_MS')
    expect(service.output).not.toContain('hunter2')
  })

  it('is told by /readyz while the database does not answer', async () => {
    const service = await startWith('player', {})
    const { ready, text } = await until(
      async () => {
        const readiness = await service.readiness()
        return readiness.text.includes('DATABASE_URL') && readiness
      },
      { timeoutMs: 30_000, what: 'a reason that names DATABASE_URL' },
    )
    expect(ready).toBe(false)
    expect(text).toContain('ECONNREFUSED')
    expect(service.isRunning).toBe(true)
  })

  it('ends when its HTTP port is taken and says which setting to change', async () => {
    const other = createServer().listen(0, '0.0.0.0')
    await once(other, 'listening')
    const address = other.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const service = await startWith('weapon', { WEAPON_HTTP_PORT: String(port) })
    await ended(service)
    other.close()
    expect(service.output).toContain('SERVICE_PORT')
    expect(service.output).toContain('WEAPON_HTTP_PORT')
  })

  it('ends when its UDP port is taken and says which setting to change', async () => {
    const system = await TestSystem.create()
    const udpPort = await freeUdpPort()
    const other = createSocket('udp4').bind(udpPort, '0.0.0.0')
    await once(other, 'listening')
    const service = await startWith('ingress', {
      DATABASE_URL: system.databaseUrl,
      INGRESS_UDP_PORT: String(udpPort),
    })
    await ended(service)
    other.close()
    await system.stop()
    expect(service.output).toContain('SERVICE_PORT')
    expect(service.output).toContain('INGRESS_UDP_PORT')
  })

  it.each(['UDP', 'LOG_HTTP'])('names the setting of standalone when its %s port is taken', async (name) => {
    const other =
      name === 'UDP' ? createSocket('udp4').bind(0, '0.0.0.0') : createServer().listen(0, '0.0.0.0')
    await once(other, 'listening')
    const address = other.address()
    const service = await startWith('standalone', {
      STANDALONE_DATA_DIR: temporaryFolder('taken'),
      STANDALONE_UDP_PORT: String(await freeUdpPort()),
      [`STANDALONE_${name}_PORT`]: String(typeof address === 'object' ? address?.port : 0),
    })
    await ended(service)
    other.close()
    expect(service.output).toContain('SERVICE_PORT')
    expect(service.output).toContain(`set STANDALONE_${name}_PORT to a free port`)
  })
})
