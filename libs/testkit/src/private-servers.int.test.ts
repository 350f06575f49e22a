import { type ChannelModel, connect } from 'amqplib'
import { describe, expect, it } from 'vitest'
import { withConnection } from './database-server.ts'
import { startPrivateMariaDb } from './private-mariadb.ts'
import { startPrivateRabbit } from './private-rabbit.ts'
import { missingRabbit } from './rabbit-programs.ts'
import { testBroker } from './test-broker.ts'

const releases = (await missingRabbit('4')) === undefined ? [undefined, '4' as const] : [undefined]

function versionOf(model: ChannelModel): string {
  return String(model.connection.serverProperties.version)
}

describe('private servers', () => {
  it('keep what was committed when MariaDB is killed and started again', async () => {
    const server = await startPrivateMariaDb()
    try {
      await withConnection(server.url, async (connection) => {
        await connection.query('CREATE DATABASE kept')
        await connection.query('CREATE TABLE kept.numbers (n INT PRIMARY KEY) ENGINE=InnoDB')
        await connection.query('INSERT INTO kept.numbers VALUES (7)')
      })
      await server.kill()
      await expect(withConnection(server.url, async () => undefined)).rejects.toThrow()
      await server.start()
      const rows = await withConnection(server.url, (c) => c.query('SELECT n FROM kept.numbers'))
      expect(rows).toEqual([{ n: 7 }])
    } finally {
      await server.remove()
    }
  })

  it.each(releases)(
    'keep a confirmed message when RabbitMQ %o is killed and started again',
    async (release) => {
      const server = await startPrivateRabbit({ release })
      try {
        const before = await connect(server.url)
        before.on('error', () => undefined)
        await (await before.createChannel()).assertQueue('kept', { durable: true })
        // The broker saves a new queue's name a moment after it says that it exists, unlike a confirmed message.
        await server.stop()
        await server.start()
        const between = await connect(server.url)
        between.on('error', () => undefined)
        const channel = await between.createConfirmChannel()
        channel.sendToQueue('kept', Buffer.from('7'), { persistent: true })
        await channel.waitForConfirms()
        await server.kill()
        await server.start()
        const after = await connect(server.url)
        if (release !== undefined) expect(versionOf(after)).toMatch(new RegExp(`^${release}\\.`))
        const message = await (await after.createChannel()).get('kept')
        expect(message === false ? message : message.content.toString()).toBe('7')
        await after.close()
      } finally {
        await server.remove()
      }
    },
    150_000,
  )
})

describe('testBroker', () => {
  it('gives vhosts that do not see each other', async () => {
    const [one, two] = await Promise.all([testBroker(), testBroker()])
    const [there, elsewhere] = await Promise.all([connect(one.url), connect(two.url)])
    await (await there.createChannel()).assertQueue('mine')
    const channel = await elsewhere.createChannel()
    channel.on('error', () => undefined)
    await expect(channel.checkQueue('mine')).rejects.toThrow('NOT_FOUND')
    await Promise.all([there.close(), elsewhere.close()])
    await Promise.all([one.drop(), two.drop()])
  })
})
