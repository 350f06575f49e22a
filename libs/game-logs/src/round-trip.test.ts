import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { parseLine } from './parse-line.ts'

// What names and texts are made of: anything at all, and the pieces that log lines are made of.
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '"',
    '<',
    '>',
    '>"',
    '<1>',
    '<2><BOT><CT>',
    '<3><STEAM_0:0:9><Red>',
    '(a "b")',
    ' [1 2 3]',
    '\\',
  ),
  fc.constantFrom(
    ' killed "',
    ' say "',
    ' triggered "',
    ' with "ak47"',
    ' joined team "',
    ' (dead)',
    ' against "',
  ),
  fc.constantFrom(
    'L 01/02/2024 - 10:00:00: ',
    'World triggered "Round_Start"',
    '") (position "1 2 3',
    '\t',
    '\u0007',
  ),
)
const pieces = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('').replaceAll(/[\r\n]/g, ' '))

const name = pieces.map((text) => text.slice(0, 31))

/**
 * Whole tokens with words behind them. More of these in a line than it has players: somebody's name or text imitates
 * one, and only who is on the server tells which it is (the last property below).
 */
const TOKENS = /<-?\d+>(?:<[^<>"]*>|<<none>>){2,3}"(?= (?:\[-?\d+ -?\d+ -?\d+\] )?[a-zA-Z(])/g

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/)
const coordinate = fc.integer({ min: -99_999, max: 99_999 })
const position = fc.record({ x: coordinate, y: coordinate, z: coordinate })
const rawId = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.nat({ max: 1 }), fc.nat())
    .map(([u, y, z]) => `STEAM_${u}:${y}:${z}`),
  fc.nat().map((account) => `[U:1:${account}]`),
  fc.constantFrom('BOT', 'STEAM_ID_LAN', 'STEAM_ID_PENDING', 'VALVE_0:4:17', '76561197960265951', '', 'HLTV'),
)
const team = fc.constantFrom('CT', 'TERRORIST', 'Red', 'Blue', 'Unassigned', '', '#Hidden', 'marine1team')

function player(names: fc.Arbitrary<string>) {
  return fc.record({ name: names, uid: fc.nat({ max: 65_535 }), rawId, team })
}

type Token = { name: string; uid: number; rawId: string; team: string }
const write = ({ name, uid, rawId, team }: Token) => `"${name}<${uid}><${rawId}><${team}>"`
const place = (at: { x: number; y: number; z: number }) => `${at.x} ${at.y} ${at.z}`

const stamp = fc
  .record({
    year: fc.integer({ min: 1998, max: 2099 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    second: fc.integer({ min: 0, max: 59 }),
    millisecond: fc.integer({ min: 0, max: 999 }),
  })
  .map((time) => {
    const two = (value: number) => String(value).padStart(2, '0')
    const date = `${two(time.month)}/${two(time.day)}/${time.year}`
    const clock = `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`
    return { time, text: `L ${date} - ${clock}.${String(time.millisecond).padStart(3, '0')}: ` }
  })

interface Expected {
  readonly line: string
  readonly is: object
  /** The players in it. */
  readonly players: number
  /** Where they stand, when the rest may imitate others as it likes. */
  readonly within?: string
}

function check<T>(arbitrary: fc.Arbitrary<T>, expected: (value: T) => Expected): void {
  fc.assert(
    fc.property(stamp, arbitrary, ({ time, text }, value) => {
      const { line, is, players, within = line } = expected(value)
      fc.pre(within.match(TOKENS)?.length === players)
      expect(parseLine(text + line)).toMatchObject({ time, stamp: 'valid', ...is })
    }),
    { numRuns: 500 },
  )
}

// Whole log lines by the thousand take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

describe('whatever names, texts and properties a line is made of, the same come back from', () => {
  it('a kill', () => {
    const one = fc.record({
      killer: player(name),
      victim: player(name),
      from: position,
      to: position,
      weapon: word,
    })
    check(one, ({ killer, victim, from, to, weapon }) => ({
      line: `${write(killer)} [${place(from)}] killed ${write(victim)} [${place(to)}] with "${weapon}" (headshot)`,
      players: 2,
      is: {
        kind: 'kill',
        player: killer,
        victim,
        weapon,
        headshot: true,
        playerPosition: from,
        victimPosition: to,
      },
    }))
  })

  it('a kill with properties', () => {
    const one = fc.record({
      killer: player(name),
      victim: player(name),
      from: position,
      weapon: word,
      custom: word,
    })
    check(one, ({ killer, victim, from, weapon, custom }) => ({
      line: `${write(killer)} killed ${write(victim)} with "${weapon}" (customkill "${custom}") (attacker_position "${place(from)}")`,
      players: 2,
      is: { kind: 'kill', player: killer, victim, weapon, customKill: custom, playerPosition: from },
    }))
  })

  it('chat: the message whole, and never another event', () => {
    const one = fc.record({ speaker: player(name), message: pieces, mode: fc.constantFrom(1, 2, 3) })
    check(one, ({ speaker, message, mode }) => {
      const verb = ['say', 'say_team', 'say_squad'][mode - 1]
      const dead = message.endsWith('" (dead)')
      return {
        line: `${write(speaker)} ${verb} "${message}"`,
        players: 1,
        within: `${write(speaker)} ${verb}`,
        is: { kind: 'chat', player: speaker, mode, ...(dead ? {} : { message }) },
      }
    })
  })

  it('a new name', () => {
    check(fc.record({ old: player(name), fresh: name }), ({ old, fresh }) => ({
      line: `${write(old)} changed name to "${fresh}"`,
      players: 1,
      is: { kind: 'changeName', player: old, name: fresh },
    }))
  })

  it('a reason to leave', () => {
    const reason = pieces.map((text) => text.trimEnd())
    check(fc.record({ leaver: player(name), reason }), ({ leaver, reason }) => ({
      line: `${write(leaver)} disconnected (reason "${reason}")`,
      players: 1,
      is: { kind: 'disconnect', player: leaver, reason },
    }))
  })

  it('an action with properties', () => {
    const value = fc.stringMatching(/^[^"()<>\r\n]{0,20}$/)
    const properties = fc.dictionary(word, value, { maxKeys: 5 })
    check(fc.record({ actor: player(name), action: word, properties }), ({ actor, action, properties }) => {
      const code = `x_${action}`
      const list = Object.entries(properties).map(([key, value]) => ` (${key} "${value}")`)
      return {
        line: `${write(actor)} triggered "${code}"${list.join('')}`,
        players: 1,
        is: { kind: 'playerAction', player: actor, action: code, properties },
      }
    })
  })

  it('an action against a player', () => {
    const one = fc.record({ actor: player(name), victim: player(name), action: word, at: position })
    check(one, ({ actor, victim, action, at }) => ({
      line: `${write(actor)} triggered "x_${action}" against ${write(victim)} (position "${place(at)}")`,
      players: 2,
      is: { kind: 'playerPlayerAction', player: actor, victim, action: `x_${action}`, position: at },
    }))
  })

  it('an owner in a property', () => {
    const one = fc.record({ actor: player(name), owner: player(name), at: position })
    check(one, ({ actor, owner, at }) => ({
      line: `${write(actor)} triggered "killedobject" (objectowner ${write(owner)}) (attacker_position "${place(at)}")`,
      players: 1,
      is: { kind: 'playerAction', player: actor, objectOwner: owner, position: at },
    }))
  })

  it('an attack', () => {
    const hits = fc.record({ damage: fc.nat(500), armor: fc.nat(100), hitgroup: word })
    const one = fc.record({ player: player(name), victim: player(name), hits, weapon: word })
    check(one, ({ player, victim, hits, weapon }) => ({
      line: `${write(player)} attacked ${write(victim)} with "${weapon}" (damage "${hits.damage}") (armor "${hits.armor}") (hitgroup "${hits.hitgroup}")`,
      players: 2,
      is: { kind: 'attack', player, victim, weapon, ...hits },
    }))
  })
})

it('whoever imitates a line with his name brings no other player and no other event, where the server knows its players', () => {
  fc.assert(
    fc.property(player(name), player(name), word, (killer, victim, weapon) => {
      const here = new Set([write(killer), write(victim)])
      const body = `${write(killer)} killed ${write(victim)} with "${weapon}"`
      const line = parseLine(`L 01/02/2024 - 10:00:00: ${body}`, (token) => here.has(write(token)))
      expect(line).toMatchObject({ kind: 'kill', player: killer, victim, weapon })
    }),
    { numRuns: 1_000 },
  )
})

it('nothing is ever thrown, whatever the line', () => {
  const line = fc
    .array(fc.oneof(piece, fc.constantFrom('"Al<2><BOT><CT>"', 'Team "', 'Rcon: "rcon ', '(', ')')))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(line, (text) => {
      expect(parseLine(text).kind).toBeTypeOf('string')
      expect(parseLine(`L 01/02/2024 - 10:00:00: ${text}`).kind).toBeTypeOf('string')
    }),
    { numRuns: 2_000 },
  )
})
