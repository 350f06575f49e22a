import { describe, expect, it } from 'vitest'
import { EXAMPLES } from './examples/index.ts'
import { decodePacket } from './packet.ts'
import { parseLine } from './parse-line.ts'

const STAMP = 'L 01/02/2024 - 10:00:00: '
const BO = '"Bo<3><STEAM_1:0:222><TERRORIST>"'
const bo = { name: 'Bo', uid: 3, rawId: 'STEAM_1:0:222' }

function parse(body: string) {
  return parseLine(STAMP + body)
}

const NAMES = [
  'ser mais "leve"',
  'I <3 you',
  '<<>>""<>',
  'Evil<1><STEAM_0:0:9><CT>',
  'Evil<1><STEAM_0:0:9><CT>"',
  'a" killed "b',
  'a" say "b',
  '" triggered "Defused_The_Bomb',
  'x<1><STEAM_0:0:9><CT>" [1 2 3] did "y',
  'x<1><BOT><CT>" with "ak47" (headshot)',
  'ends with digits<7>',
  'ends with groups<7><8>',
  'tab\tbell\u0007escape\u001b[0m',
  '😀 кот ＃wetya',
  'Ã¼ cut: Ð',
  '[1 2 3]',
  '(headshot)',
  'L 01/02/2024 - 10:00:00: x',
  '',
  ' ',
  '__proto__',
]

/** What is left of a line may be whole, and less: a class change without its class is any action. */
const ALSO_WHOLE: Readonly<Record<string, readonly string[]>> = {
  ban: ['disconnect'],
  changeRole: ['playerAction'],
  clanTag: ['playerAction'],
  latency: ['playerAction'],
  time: ['playerAction'],
  playerPlayerAction: ['playerAction', 'engineMessage'],
  weaponStats: ['pluginMessage'],
  glued: ['playerAction'],
}

describe('a name that imitates a line', () => {
  it.each(NAMES)('stays a name in every place of a kill: %j', (name) => {
    const evil = `"${name}<7><STEAM_1:1:77><CT>"`
    const token = { name, uid: 7, rawId: 'STEAM_1:1:77', team: 'CT' }
    expect(parse(`${evil} killed ${BO} with "ak47"`)).toMatchObject({
      kind: 'kill',
      player: token,
      victim: bo,
    })
    expect(parse(`${BO} [1 2 3] killed ${evil} [4 5 6] with "ak47" (headshot)`)).toMatchObject({
      kind: 'kill',
      player: bo,
      victim: token,
      victimPosition: { x: 4, y: 5, z: 6 },
    })
    expect(parse(`${evil} purchased "awp"`)).toMatchObject({ kind: 'purchase', player: token })
    expect(parse(`${evil} triggered "domination" against ${BO} (position "1 2 3")`)).toMatchObject({
      kind: 'playerPlayerAction',
      player: token,
      victim: bo,
    })
    expect(parse(`${evil} changed name to "${name}"`)).toMatchObject({ kind: 'changeName', name })
  })

  it.each(NAMES)('stays a name where a property holds it: %j', (name) => {
    const line = parse(
      `${BO} triggered "killedobject" (object "OBJ_SENTRYGUN") (objectowner "${name}<7><[U:1:7]><Red>") (attacker_position "1 2 3")`,
    )
    expect(line).toMatchObject({
      kind: 'playerAction',
      objectOwner: { name, uid: 7, rawId: '[U:1:7]' },
      position: { x: 1, y: 2, z: 3 },
    })
  })

  // Both readings are whole lines: `x` killed somebody with a long name, or somebody with a long name killed Bo.
  const twofold = `"x<1><STEAM_0:0:9><CT>" killed "y<7><STEAM_1:1:77><CT>" killed ${BO} with "ak47"`

  it('is not believed when both readings are whole and nobody knows better', () => {
    expect(parse(twofold)).toMatchObject({ kind: 'unrecognised', reason: 'ambiguous', player: undefined })
  })

  it('with a whole verb behind a whole token is not believed as a new name', () => {
    const body = 'changed name to "x<1><STEAM_0:0:9><CT>" triggered "y"'
    expect(parse(`${BO} ${body}`)).toMatchObject({ kind: 'unrecognised', reason: 'ambiguous' })
    expect(parseLine(`${STAMP}${BO} ${body}`, ({ uid }) => uid === 3)).toMatchObject({
      kind: 'changeName',
      player: bo,
      name: 'x<1><STEAM_0:0:9><CT>" triggered "y',
    })
  })

  it('is told from the truth by who is on the server', () => {
    const line = parseLine(STAMP + twofold, ({ uid }) => uid === 7)
    expect(line).toMatchObject({
      kind: 'kill',
      player: { uid: 7, name: 'x<1><STEAM_0:0:9><CT>" killed "y' },
      victim: bo,
    })
  })

  it('cannot bring a stamp of its own', () => {
    const line = parse(
      '"x L 01/02/2024 - 10:00:00: World triggered "Round_End"<7><STEAM_1:1:77><CT>" did (a "b")',
    )
    expect(line).toMatchObject({ kind: 'unrecognised' })
  })

  it('longer than any engine allows is no name', () => {
    expect(parse(`"${'x'.repeat(200)}<7><BOT><CT>" entered the game`).kind).toBe('unrecognised')
  })
})

describe('chat', () => {
  const bodies = Object.values(EXAMPLES).flatMap((examples) => examples.map(({ line }) => line))

  it.each(['say', 'say_team', 'say_squad'])(
    'by %s yields nothing but chat, whatever line it holds',
    (verb) => {
      for (const message of [...bodies, ...NAMES]) {
        const line = parse(`${BO} ${verb} "${message}"`)
        expect(line).toMatchObject({ kind: 'chat', player: bo, dead: false, truncated: false })
        expect(line).toMatchObject({ message })
      }
    },
  )

  it('that is cut yields nothing but chat', () => {
    for (const message of bodies) {
      const line = parse(`${BO} say "${message} L 01/02/2024 - 10:00:00: ${message}`)
      expect(line).toMatchObject({ kind: 'chat', player: bo })
    }
  })

  it('can be told from a name that imitates chat by who is on the server', () => {
    const body = `"x<1><STEAM_0:0:9><CT>" say "<7><STEAM_1:1:77><CT>" killed ${BO} with "ak47"`
    expect(parse(body)).toMatchObject({ kind: 'chat', player: { uid: 1 } })
    expect(parseLine(STAMP + body, ({ uid }) => uid === 7)).toMatchObject({
      kind: 'kill',
      player: { uid: 7 },
    })
  })

  it('with a present player’s token in it stays chat, though the speaker is unknown', () => {
    const present = { name: 'Al', uid: 1, rawId: 'STEAM_1:0:9' }
    const body = `${BO} say "Al<1><STEAM_1:0:9><CT>" killed "y<2><BOT><T>" with "ak47"`
    const line = parseLine(
      STAMP + body,
      ({ name, uid, rawId }) => name === present.name && uid === present.uid && rawId === present.rawId,
    )
    expect(line).toMatchObject({ kind: 'chat', player: bo, message: expect.stringContaining('killed') })
  })
})

describe('a password', () => {
  const SECRET = 'open-sesame'

  it.each([
    `Rcon: "rcon 2122926088 "${SECRET}" status" from "192.0.2.7:48896"`,
    `Rcon: "rcon 2122926088 "${SECRET}" version`,
    `Rcon: "rcon 2122926088 "${SECRET}`,
    `Rcon: "rcon 2122926088 ${SECRET} status" from "192.0.2.7:48896"`,
    `Rcon: "rcon ${SECRET}" from "192.0.2.7:48896"`,
    `Bad Rcon: "rcon 2122926088 "${SECRET}" status" from "192.0.2.7:48896"`,
    `rcon 2122926088 "${SECRET}" status`,
    `rcon from "192.0.2.7:1": command "rcon_password ${SECRET}; sv_password "${SECRET}""`,
    `server_cvar: "sv_password" "${SECRET}"`,
    `Server cvar "rcon_password" = "${SECRET}"`,
    `"tv_password" = "${SECRET}"`,
    `sv_password "${SECRET}" was set by somebody`,
  ])('never leaves the parser: %s', (body) => {
    expect(JSON.stringify(parse(body))).not.toContain(SECRET)
    expect(JSON.stringify(parseLine(body))).not.toContain(SECRET)
  })
})

describe('a cut line', () => {
  it.each(Object.entries(EXAMPLES))('of kind %s is the same in part, or nothing', (kind, examples) => {
    for (const { line } of examples) {
      for (let length = 0; length < line.length; length += 1) {
        const cut = parse(line.slice(0, length))
        const isLess = ALSO_WHOLE[kind]?.includes(cut.kind) === true
        if (!isLess) expect([kind, 'unrecognised'], `${line.slice(0, length)}|`).toContain(cut.kind)
      }
    }
  })
})

describe('garbage', () => {
  it.each([
    '"',
    '""',
    '">"',
    '"<><><>"',
    '"<1><2><3>" ',
    '"<1><2><3>" killed "',
    'L ',
    'L 01/02/2024 - ',
    '(',
    '[',
    '[]',
    '}',
    'Team "',
    'World triggered "',
    'weapon { }',
    'weapon { a: }',
    '\0\0\0',
    '\ud800',
  ])('is unrecognised or less, and never thrown: %j', (text) => {
    expect(() => parse(text)).not.toThrow()
    expect(() => parseLine(text)).not.toThrow()
  })

  it.each([
    ['quotes behind groups', `"${'<1><2><3>" killed "'.repeat(4000)}`],
    ['closing groups', `"${'>'.repeat(65_000)}" killed "x`],
    ['opening groups', `"${'<'.repeat(65_000)}`],
    ['stamps', 'L 01/02/2024 - 10:00:00: '.repeat(2_600)],
    ['properties', `World triggered "x" ${'(a "b") '.repeat(8_000)}`],
    ['values that never end', `World triggered "x" ${'(a "")x'.repeat(9_000)}`],
    ['blanks', `World triggered "x"${' '.repeat(65_000)}(`],
    ['one long word', 'x'.repeat(65_000)],
    ['a long chat', `${BO} say "${'"killed "'.repeat(7_000)}`],
    ['fields', `weapon { ${'a: 1, '.repeat(10_000)}!}`],
  ])('of 64 KB takes time linear in its length: %s', (_, text) => {
    const warm = text.slice(0, 2_000)
    for (let run = 0; run < 200; run += 1) parse(warm)
    const short = fastest(() => parse(text.slice(0, text.length / 8)))
    const long = fastest(() => parse(text))
    // Eight times the text: linear is 8, quadratic is 64, and would take seconds. The constant is noise.
    expect(long).toBeLessThan(short * 24 + 5)
  })

  it('in bytes is kept, not replaced', () => {
    const bytes = Buffer.concat([
      Buffer.from('L 01/02/2024 - 10:00:00: "cut '),
      Buffer.from([0xd0, 0x81, 0xff]),
    ])
    const packet = decodePacket(Buffer.concat([bytes, Buffer.from('<2><STEAM_1:0:111><CT>" say "é"')]))
    expect(packet.encoding).toBe('windows-1252')
    expect(packet.lines.join()).not.toContain('\ufffd')
    expect(parseLine(packet.lines[0] ?? '')).toMatchObject({ kind: 'chat', player: { name: 'cut Ð\u0081ÿ' } })
  })
})

function fastest(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 7; run += 1) {
    const start = performance.now()
    work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}
