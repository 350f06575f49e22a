import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UnknownSenders } from '@hlstats/ingress/unknown-senders'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unknownSenders } from './unknown-senders.ts'

let http: Server
let url: string
let answer: unknown

beforeEach(async () => {
  http = createServer((_, response) => response.end(JSON.stringify(answer)))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => http.close(resolve)))

describe('whom ingress turned away', () => {
  it('is read as ingress lists it', async () => {
    const strangers = new UnknownSenders()
    strangers.note('192.0.2.1:27015', 1_000, 'post')
    strangers.note('192.0.2.2:27015', 2_000)
    answer = { senders: strangers.list() }
    expect(await unknownSenders(url)).toEqual(strangers.list())
  })

  it.each([
    ['is of another shape', { senders: [{ address: '192.0.2.1:27015', by: 'pigeon' }] }],
    ['is no list at all', { status: 'ok' }],
  ])("is said to be nobody's answer where it %s", async (_, foreign) => {
    answer = foreign
    await expect(unknownSenders(url)).rejects.toMatchObject({
      code: 'SERVICE_UNREACHABLE',
      message: expect.stringContaining('--ingress-url'),
    })
  })
})
