import { udpSender, until } from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { runHlstats } from '../scripts/hlstats-command.ts'
import { TestStandalone } from './standalone-process.ts'

let standalone: TestStandalone

afterEach(() => standalone.stop())

const hlstats = (...args: string[]) => runHlstats(args, { DATABASE_URL: standalone.databaseUrl })
const says = (text: string) => `11/21/2026 - 20:00:00.000 - "P<3><[U:1:7]><CT>" say "${text}"\n`

async function isSaid(text: string): Promise<boolean> {
  const rows = await standalone.database.query('SELECT 1 FROM hlstats_Events_Chat WHERE message = ?', [text])
  return rows.length > 0
}

describe('hlstats servers', () => {
  it('leads from a sender that nobody knows to one that is known by its key alone', async () => {
    standalone = await TestStandalone.create()
    await standalone.start()
    const server = await udpSender()
    const address = `127.0.0.1:${server.port}`
    const bare = (text: string) => Buffer.from(`\xff\xff\xff\xffRL ${says(text)}`, 'latin1')
    await until(async () => {
      await server.send(bare('unknown'), standalone.udpPort)
      const shown = await hlstats(
        'servers',
        'unknown',
        '--ingress-url',
        standalone.service.url,
        '--game',
        'cs2',
      )
      return shown.includes(`hlstats servers add ${address} --game cs2`)
    })

    const added = await hlstats(
      'servers',
      'add',
      address,
      '--game',
      'cs2',
      '--set',
      'MinPlayers=0',
      '--http-token',
    )
    const path = /:27500(\/[\w-]+)"/.exec(added)?.[1] ?? 'no path was shown'
    await until(async () => {
      const url = `http://127.0.0.1:${standalone.logHttpPort}${path}`
      return (await fetch(url, { method: 'POST', body: says('posted') })).status === 200
    })
    await until(() => isSaid('posted'))

    const changed = await hlstats('servers', 'key', address, '--log-secret')
    const secret = /sv_logsecret "([\w-]+)"/.exec(changed)?.[1]
    const moved = await udpSender()
    await until(async () => {
      await moved.send(
        Buffer.from(`\xff\xff\xff\xffS${secret}L ${says('secret')}`, 'latin1'),
        standalone.udpPort,
      )
      return isSaid('secret')
    })
    await server.send(bare('by address'), standalone.udpPort)
    await until(
      async () =>
        ((await standalone.service.metric('hlstats_ingress_dropped_total', 'reason="logSecret"')) ?? 0) > 0,
    )
    expect(await isSaid('by address')).toBe(false)
    moved.close()
    server.close()
  })

  it('lets standalone register what sends from an allowed network', async () => {
    standalone = await TestStandalone.create()
    await standalone.start()
    expect(await hlstats('servers', 'allow', '127.0.0.0/8', '--game', 'cs2')).toContain('registered as cs2')
    const server = await udpSender()
    await until(async () => {
      await server.send(Buffer.from(`\xff\xff\xff\xffRL ${says('allowed')}`, 'latin1'), standalone.udpPort)
      return isSaid('allowed')
    })
    server.close()
    expect(await hlstats('servers', 'list')).toContain(`127.0.0.1:${server.port}`)
    expect(await hlstats('servers', 'allow', '127.0.0.0/8', '--remove')).toContain('not registered any more')
  })
})
