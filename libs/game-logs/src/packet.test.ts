import { describe, expect, it } from 'vitest'
import { decodeLines, decodePacket } from './packet.ts'

const LINE = 'L 01/02/2024 - 10:00:00: World triggered "Round_Start"'
const HEAD = Buffer.from([0xff, 0xff, 0xff, 0xff])

function datagram(...parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}

describe('a datagram', () => {
  it.each([
    ['goldsrc', datagram(HEAD, 'log ', LINE, '\n\0'), undefined],
    ['source', datagram(HEAD, 'R', LINE, '\n\0'), undefined],
    ['secret', datagram(HEAD, 'S12345', LINE, '\n\0'), '12345'],
    ['secret', datagram(HEAD, 'SL 1/2 öL', LINE, '\n\0'), 'L 1/2 öL'],
    ['source', datagram(HEAD, 'RTB8032A3B450FB7A6 ', LINE, '\n\0'), undefined],
    ['secret', datagram(HEAD, 'S2fooTB8032A3B450FB7A6 ', LINE, '\n\0'), '2foo'],
    ['bare', datagram(LINE, '\r\n'), undefined],
    ['bare', datagram(HEAD, LINE), undefined],
  ])('of the form %s gives its line', (form, bytes, secret) => {
    expect(decodePacket(bytes)).toEqual({ form, secret, proxy: undefined, lines: [LINE], encoding: 'utf-8' })
  })

  it('in a proxy envelope gives the key, the real sender and the packet inside', () => {
    const packet = decodePacket(datagram('PROXY Key=abc 192.0.2.7:27015PROXY ', HEAD, 'S77', LINE))
    expect(packet).toMatchObject({
      form: 'secret',
      secret: '77',
      proxy: { key: 'abc', address: '192.0.2.7:27015' },
      lines: [LINE],
    })
  })

  it('with a control command for the daemon keeps it as its line', () => {
    expect(decodePacket(Buffer.from('PROXY Key=abc PROXY C;HEARTBEAT;'))).toMatchObject({
      proxy: { key: 'abc', address: '' },
      lines: ['C;HEARTBEAT;'],
    })
  })

  it.each([Buffer.alloc(0), HEAD, Buffer.alloc(64), datagram(HEAD, 'S'), datagram('PROXY Key=')])(
    'of garbage gives no line or the garbage, and never throws',
    (bytes) => {
      expect(decodePacket(bytes).lines.length).toBeLessThanOrEqual(1)
    },
  )
})

describe('a body of many lines', () => {
  it('is cut at line ends, whatever they are, without the empty ones', () => {
    expect(decodeLines(Buffer.from('a\r\n\r\nb\n\0\nc\0\n d'))).toEqual({
      lines: ['a', 'b', 'c', ' d'],
      encoding: 'utf-8',
    })
  })

  it('joins what a line break inside quotes tore apart', () => {
    const body = `${LINE}\n"Al<2><BOT><CT>" disconnected (reason "No Steam logon\n")\nRcon: "rcon 1 "x" status\n" from "192.0.2.7:1"\n${LINE}`
    expect(decodeLines(Buffer.from(body)).lines).toEqual([
      LINE,
      '"Al<2><BOT><CT>" disconnected (reason "No Steam logon")',
      'Rcon: "rcon 1 "x" status" from "192.0.2.7:1"',
      LINE,
    ])
  })

  it('joins the lines of an event of Get5', () => {
    const event = 'L 01/02/2024 - 10:00:00: get5_event: {'
    const body = `${event}\n    "matchid": "7",\n    "event": "series_start"\n}\n${LINE}`
    expect(decodeLines(Buffer.from(body)).lines).toEqual([
      `${event}    "matchid": "7",    "event": "series_start"}`,
      LINE,
    ])
  })

  it('decodes only the broken lines byte by byte', () => {
    const body = Buffer.concat([
      Buffer.from('кот\n'),
      Buffer.from([0x63, 0xff, 0x80, 0x81, 0x0a]),
      Buffer.from('ok'),
    ])
    expect(decodeLines(body)).toEqual({ lines: ['кот', 'cÿ€\u0081', 'ok'], encoding: 'windows-1252' })
  })
})
