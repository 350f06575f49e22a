import { addServer, changeKeys, type ServerKey, serverKeyDigest } from '@hlstats/database'
import { type TestDatabase, testDatabaseKinds } from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readKeys } from './server-keys.ts'

let db: TestDatabase

const addressOf = (port: number) => ({ ip: '192.0.2.10', port })
const add = (port: number, keys: readonly ServerKey[] = []) =>
  addServer(db.database, {
    address: addressOf(port),
    game: 'css',
    name: 'test',
    mod: '',
    settings: {},
    keys,
  })
const change = (port: number, keys: readonly ServerKey[], removeAll = false) =>
  changeKeys(db.database, { address: addressOf(port), keys, removeAll })
const storedOf = (serverId: number) =>
  db.database.query<{ kind: string; digest: string }>(
    'SELECT kind, digest FROM hlstats_Server_Keys WHERE server_id = ? ORDER BY kind',
    [serverId],
  )

describe.each(testDatabaseKinds)('keys of a server on $kind', ({ open }) => {
  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db.drop())

  it('are made on request, told once, and kept as digests only', async () => {
    const { keys, told } = readKeys({ logSecret: true, httpToken: true })
    expect(told).toEqual([
      expect.stringMatching(/sv_logsecret "[\w-]{24}"$/),
      expect.stringMatching(/logaddress_add_http "http:\/\/.*\/[\w-]{24}"$/),
    ])
    const [secret = '', token = ''] = told.map((line) => /([\w-]{24})"$/.exec(line)?.[1])
    expect(await storedOf(await add(1, keys))).toEqual([
      { kind: 'httpToken', digest: serverKeyDigest('httpToken', token) },
      { kind: 'logSecret', digest: serverKeyDigest('logSecret', secret) },
    ])
  })

  it('take the place of those before, and are not told when the operator gave them', async () => {
    const serverId = await add(2)
    const { keys, told } = readKeys({ logSecret: 'a-secret-of-mine' })
    expect(told).toEqual([])
    await change(2, keys)
    await change(2, readKeys({ logSecret: 'another-of-mine' }).keys)
    expect(await storedOf(serverId)).toEqual([
      { kind: 'logSecret', digest: serverKeyDigest('logSecret', 'another-of-mine') },
    ])
    await change(2, [], true)
    expect(await storedOf(serverId)).toEqual([])
  })

  it('may not be those of another server, which then is not registered either', async () => {
    const { keys } = readKeys({ logSecret: 'shared-by-two' })
    const serverId = await add(3, keys)
    await change(3, keys)
    await expect(add(4, keys)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(`server ${serverId}`),
    })
    await expect(change(4, [])).rejects.toMatchObject({
      message: expect.stringContaining('no server 192.0.2.10:4 is registered'),
    })
  })
})

describe('a key given by the operator', () => {
  it.each(['short', 'with a blank in it', 'quoted"and;more', 'x'.repeat(65)])(
    'is refused when a console or a URL could not hold it: %s',
    (text) => {
      expect(() => readKeys({ httpToken: text })).toThrow(/--http-token is not usable/)
    },
  )
})
