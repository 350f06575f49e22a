import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import {
  aKill,
  freeTcpPort,
  type PrivateRabbit,
  startPrivateRabbit,
  temporaryFolder,
  until,
} from '@hlstats/testkit'
import { connect } from 'amqplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrokerConnection } from './broker-connection.ts'
import { declareTopologyAt, requestReplay, withBroker } from './broker-session.ts'
import { definitionsOf } from './definitions.ts'
import { Journal } from './journal.ts'
import type { ParkedEvent } from './parking.ts'
import { JournalPublisher } from './publisher.ts'
import { QueueSource } from './queue-source.ts'
import { EVENTS_EXCHANGE, workQueue } from './topology.ts'

const topology = { services: ['player', 'weapon'], partitions: 2 }
const [logger, metrics] = [silentLogger(), new Metrics()]
let rabbit: PrivateRabbit
let tlsUrl: string
let certificates: string

beforeAll(async () => {
  certificates = temporaryFolder('certificates')
  makeCertificates(certificates)
  const tlsPort = await freeTcpPort()
  rabbit = await startPrivateRabbit({
    settings: [
      `listeners.ssl.1 = 127.0.0.1:${tlsPort}`,
      `ssl_options.cacertfile = ${join(certificates, 'ca.pem')}`,
      `ssl_options.certfile = ${join(certificates, 'server.pem')}`,
      `ssl_options.keyfile = ${join(certificates, 'server.key')}`,
      'ssl_options.verify = verify_peer',
      'ssl_options.fail_if_no_peer_cert = false',
    ],
  })
  tlsUrl = `amqps://guest:guest@localhost:${tlsPort}`
  const response = await fetch(`${rabbit.managementUrl.replace('guest:guest@', '')}/api/definitions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('guest:guest').toString('base64')}`,
    },
    body: JSON.stringify(definitionsOf(topology)),
  })
  expect(response.status).toBeLessThan(300)
  for (const user of ['ingress', 'player', 'shadow', 'operator']) {
    await rabbit.control('change_password', `hlstats-${user}`, 'test')
  }
})

afterAll(async () => {
  await rabbit.remove()
})

function urlOf(user: string): string {
  return rabbit.url.replace('guest:guest', `hlstats-${user}:test`)
}

/** What the broker says to a forbidden act, '' when it permits it. */
async function refusal(user: string, act: Parameters<typeof withBroker<unknown>>[1]): Promise<string> {
  const connection = await connect(urlOf(user))
  connection.on('error', () => undefined)
  try {
    await act(connection)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await connection.close().catch(() => undefined)
  }
}

describe('the imported definitions', () => {
  it('are exactly what the code declares: declaring again changes nothing', async () => {
    await declareTopologyAt({ url: rabbit.url }, topology)
    expect(
      Number(
        await rabbit
          .control('list_queues', 'name', '--silent')
          .then((text) => text.trim().split('\n').length),
      ),
    ).toBe(6)
  })

  it('let nobody in who has no password yet', async () => {
    await expect(withBroker({ url: urlOf('weapon') }, async () => undefined)).rejects.toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
      message: expect.stringMatching(/^RabbitMQ at 127\.0\.0\.1:\d+ cannot be reached: .*ACCESS_REFUSED/),
    })
  })

  it('let a command in at the first node of a cluster that answers', async () => {
    const nodes = `amqp://guest:guest@127.0.0.1:${await freeTcpPort()},${rabbit.url}`
    await expect(withBroker({ url: nodes }, async () => 'worked')).resolves.toBe('worked')
  })

  it('let ingress look for its queues and publish, a service consume, the operator ask for replays', async () => {
    const journal = await Journal.open({ directory: temporaryFolder('journal'), partitions: 2 })
    const publish = new BrokerConnection({ url: urlOf('ingress') }, 'publish', { logger, metrics })
    const publisher = new JournalPublisher(
      { ...topology, declare: true },
      { journal, connection: publish, logger, metrics },
    )
    await journal.append(0, [aKill()])
    await publisher.drain(10_000)
    const consume = new BrokerConnection({ url: urlOf('player') }, 'consume', { logger, metrics })
    const source = new QueueSource(
      { service: 'player', partitions: 2, replica: { name: 'r' }, declare: true },
      { connection: consume, logger, metrics },
    )
    const bodies: string[] = []
    await source.start((delivery) => {
      bodies.push(delivery.body.toString())
      delivery.ack()
    })
    await until(() => bodies.length === 1)
    const parked = { id: 7, service: 'player', partition: 1 } as ParkedEvent
    await requestReplay({ url: urlOf('operator') }, [parked])
    await until(() => bodies.includes('{"replay":7}'))
    await source.stop()
    await publisher.stop()
    await Promise.all([consume.close(), publish.close(), journal.close()])
  })

  it('let nobody do more', async () => {
    const consume = (queue: string) => async (model: Awaited<ReturnType<typeof connect>>) => {
      const channel = await model.createChannel()
      channel.on('error', () => undefined)
      await channel.consume(queue, () => undefined)
    }
    const publish = (key: string) => async (model: Awaited<ReturnType<typeof connect>>) => {
      const channel = await model.createConfirmChannel()
      channel.on('error', () => undefined)
      channel.publish(EVENTS_EXCHANGE, key, Buffer.from('x'))
      await channel.waitForConfirms()
    }
    const declare = async (model: Awaited<ReturnType<typeof connect>>) => {
      const channel = await model.createChannel()
      channel.on('error', () => undefined)
      await channel.assertQueue('hlstats.player.p9')
    }
    expect(await refusal('player', consume(workQueue('weapon', 0)))).toContain('403')
    expect(await refusal('player', consume('hlstats.shadow'))).toContain('403')
    expect(await refusal('shadow', consume(workQueue('player', 0)))).toContain('403')
    expect(await refusal('player', publish('p0.kill'))).not.toBe('')
    expect(await refusal('ingress', publish('anything'))).not.toBe('')
    expect(await refusal('ingress', declare)).toContain('403')
    expect(await refusal('player', declare)).toContain('403')
  })
})

describe('a broker behind TLS', () => {
  it('is reached with its own authority, and refused without', async () => {
    const tls = { ca: join(certificates, 'ca.pem') }
    const connection = new BrokerConnection({ url: tlsUrl, tls }, 'publish', { logger, metrics })
    await until(() => connection.model !== undefined)
    await connection.close()
    await declareTopologyAt({ url: tlsUrl, tls }, topology)
    await expect(declareTopologyAt({ url: tlsUrl }, topology)).rejects.toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
      message: expect.stringContaining('certificate'),
    })
  })
})

/** A throw-away authority and a certificate for localhost. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=test authority',
  )
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
  )
  openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-copy_extensions',
    'copy',
    '-out',
    'server.pem',
  )
}
