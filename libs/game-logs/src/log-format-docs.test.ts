import { expect, it } from 'vitest'
import { EXAMPLES } from './examples/index.ts'
import { SECTIONS } from './examples/meanings.ts'
import { parseLine } from './parse-line.ts'

const HEAD = `# Log format

What \`libs/game-logs\` reads, with an example for every form of every kind. The examples are those of its tests:
\`npm run generate-docs\` writes this page, a test compares it.

\`decodePacket(datagram)\` takes a datagram apart, \`decodeLines(body)\` a file or an HTTP body; \`parseLine(line)\` reads one line and
gives an object whose \`kind\` says which of those below it is. It never throws, keeps no state and takes time linear in the line.

## Packets

| Form | Head | |
|---|---|---|
| \`goldsrc\` | \`FF FF FF FF\` \`log \` | |
| \`source\` | \`FF FF FF FF\` \`R\` | may go on with \`T<hex> \`, a checksum of \`logaddress_token_secret\`: left out |
| \`secret\` | \`FF FF FF FF\` \`S<secret>\` | \`sv_logsecret\`, which ends where a stamp begins |
| \`bare\` | none | files, HTTP bodies, relays |

An envelope \`PROXY Key=<key> <address>PROXY \` around any of them gives \`proxy\`. A datagram or a body may hold many lines. A line break
inside quotes (in a reason to leave, in a command) tears a line apart; its rest, \`")\` or \`" from "…\`, is joined again. Lines that are no UTF-8
are decoded as Windows-1252, byte by byte, each on its own: nothing is replaced, and \`encoding\` says so.

## Stamps

\`L 02/29/2024 - 23:59:58: \` in GoldSrc and Source, \`02/29/2024 - 23:59:58.003 - \` in CS2; with or without \`L \`, with or without
milliseconds, with a colon or a dash behind. In front of it may stand what another program wrote (a server's name, its own time), as long as there is no quote in
it. \`time\` is the wall clock as written: \`toInstant(time, timeZone, notBefore)\` makes an instant of it, with the offset that the zone had then; an
hour that comes twice is the first unless time would run backwards. \`stamp\` is \`valid\`, \`impossible\` (month 13, February 30: the line is read, \`time\` is
undefined) or \`missing\`.

## Players

\`"Name<uid><id><team>"\`, in some mods with \`<role>\` behind, in L4D with \`<character><state><health><setpos_exact …><Area n>\`; a place
\`[x y z]\` may follow. The groups are found from the right end of the token, and the end of the token from what must follow it, so:

- A name may hold anything: quotes, \`<\`, \`>\`, whole tokens, \`killed\`, \`triggered\`. It stays a name.
- Where only the server's words follow a second player, his token ends at the last \`>"\` of the line.
- Chat is read before anything that it may contain, to the end of the line, also when the line was cut.
- A reading counts only when it takes the whole line. Two whole readings mean that a name or a text imitates a line. Then
  \`parseLine(line, isOnServer)\` believes the one whose player is on the server. Without that knowledge chat is chat, and anything else is
  \`unrecognised\` with the reason \`ambiguous\`: the player who chose such a name is not counted, nobody else is either.
- No name is longer than 128 bytes, in any engine.

\`normaliseId(rawId)\` gives HLstatsX's unique id (\`Y:Z\`), \`STEAM_0:Y:Z\`, \`[U:1:N]\` and SteamID64 from any of the notations, and says what the other ids
are: \`bot\`, \`console\`, \`tv\`, \`pending\`, \`none\`, \`other\`. Other than the Perl daemon it gives \`Y:Z\` for a SteamID64 too.

## Properties

\`(key "value")\`, \`(key value)\` or \`(key)\`, whose value is \`1\`; a repeated key keeps its last value, an empty value is empty. A value ends at the \`")\`
behind which the list goes on or ends; the value of \`objectowner\` and \`player<n>\` is a token and ends with its identity.
`

function block(kind: string): string {
  const examples = EXAMPLES[kind as keyof typeof EXAMPLES]
  const [first] = examples
  const fields = Object.keys(parseLine(first?.line ?? '')).filter(
    (key) => !['kind', 'time', 'stamp'].includes(key),
  )
  const lines = examples.map(({ line }) =>
    line === '' ? '(an empty line)' : line.replaceAll('\t', '\u2192'),
  )
  return `Fields: ${fields.map((field) => `\`${field}\``).join(', ')}.\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`
}

const TAIL = `
## What is not recognised

\`npm run corpus\` reads the real logs of \`../shared/corpus\`, where they are at hand, and prints per game the share of stamped lines that are recognised (99.98 % and
more) and the shapes of the rest. The rest are lines that were cut so early that nothing whole is left of them (\`World tri\`, \`Team "Blue" curre\`,
\`"Name\`), and remarks that the logs' owners wrote into them. Without a stamp, and mostly unread, is what consoles print between the lines.

The tests of eleven other parsers (457 cases) are met field by field but for four: two of Sven Co-op, which writes a word where every
other game writes the user id, so that the killer and the victim are no players; a token without a user id that no engine writes; and the suicide of a chicken.
`

it('docs/log-format.md shows every kind with its examples', async () => {
  const sections = SECTIONS.map(([title, meanings]) => {
    const kinds = Object.entries(meanings).map(
      ([kind, meaning]) => `### ${kind}\n\n${meaning} ${block(kind)}`,
    )
    return `\n## ${title}\n\n${kinds.join('\n')}`
  })
  await expect(HEAD + sections.join('') + TAIL).toMatchFileSnapshot('../../../docs/log-format.md')
})

it('every kind is documented once', () => {
  const documented = SECTIONS.flatMap(([, meanings]) => Object.keys(meanings))
  expect(documented.toSorted()).toEqual(Object.keys(EXAMPLES).toSorted())
})
