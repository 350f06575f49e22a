import { isAscii, isUtf8 } from 'node:buffer'

/** How a line came: the head in front of it. */
export type PacketForm = 'goldsrc' | 'source' | 'secret' | 'bare'

/** A datagram of a game server, or of a proxy before it. */
export interface Packet {
  readonly form: PacketForm
  /** `sv_logsecret` of the `S<secret>L …` form. */
  readonly secret: string | undefined
  /** The envelope `PROXY Key=<key> <address>PROXY …` around it. */
  readonly proxy: { readonly key: string; readonly address: string } | undefined
  readonly lines: readonly string[]
  /** `windows-1252`: at least one line was no UTF-8, and was decoded byte by byte so that nothing is lost. */
  readonly encoding: 'utf-8' | 'windows-1252'
}

const NEWLINE = 10
const QUOTE = 34
const CLOSE = 41
const SPACE = 32
const CLOSE_BRACE = 125
const LETTER_P = 80
const OUT_OF_BAND = 0xff
// `logaddress_add_ts` adds a checksum of `logaddress_token_secret`: `T<hex> ` between the secret and the line.
const SECRET_END = /(T[\dA-F]{1,16} )?L \d\d\/\d\d\/\d{4} - /
const TOKEN = /^T[\dA-F]{1,16} (?=L )/
const LONGEST_TOKEN = 18
const ENVELOPE = /^PROXY Key=(\S{0,128}) (\S{0,64})PROXY /
const LONGEST_ENVELOPE = 256

const windows1252 = new TextDecoder('windows-1252')

/** The text of a line; undefined when the bytes are no UTF-8. */
function decodeUtf8(bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined
}

/** Without the blanks, returns and NULs that a line may end in. */
function trimEnd(bytes: Buffer, from: number, to: number): number {
  let end = to
  while (end > from && (bytes[end - 1] ?? 0) <= 32) end -= 1
  return end
}

/** Get5 writes its events as JSON with line breaks: what is indented or closes belongs to the line that opened one. */
function isInEvent(body: Buffer, from: number, before: string): boolean {
  const isInner = body[from] === SPACE || body[from] === CLOSE_BRACE
  return isInner && before.includes(': get5_event: {')
}

interface Behind {
  readonly end: number
  /** The line in front of it. */
  readonly before: string
}

/** A line break inside quotes, as in a reason or a command, tears a line apart: its rest begins with these. */
function isTornOff(body: Buffer, from: number, { end, before }: Behind): boolean {
  if (body[from] !== QUOTE) return isInEvent(body, from, before)
  return body[from + 1] === CLOSE || body.toString('latin1', from, Math.min(end, from + 8)) === '" from "'
}

/** The lines of a body, each decoded on its own: one broken name leaves the others alone. Empty lines are left out. */
export function decodeLines(body: Buffer): Pick<Packet, 'lines' | 'encoding'> {
  const lines: string[] = []
  let encoding: Packet['encoding'] = 'utf-8'
  for (let from = 0; from < body.length; ) {
    const newline = body.indexOf(NEWLINE, from)
    const to = newline < 0 ? body.length : newline
    const end = trimEnd(body, from, to)
    if (end > from) {
      const bytes = body.subarray(from, end)
      const utf8 = decodeUtf8(bytes)
      if (utf8 === undefined) encoding = 'windows-1252'
      const text = utf8 ?? windows1252.decode(bytes)
      if (lines.length > 0 && isTornOff(body, from, { end, before: lines.at(-1) ?? '' }))
        lines.push(`${lines.pop()}${text}`)
      else lines.push(text)
    }
    from = to + 1
  }
  return { lines, encoding }
}

function bodyOf(datagram: Buffer): { form: PacketForm; secret: string | undefined; body: Buffer } {
  const isOutOfBand =
    datagram[0] === OUT_OF_BAND &&
    datagram[1] === OUT_OF_BAND &&
    datagram[2] === OUT_OF_BAND &&
    datagram[3] === OUT_OF_BAND
  if (!isOutOfBand) return { form: 'bare', secret: undefined, body: datagram }
  const head = datagram.toString('latin1', 4, 8)
  if (head === 'log ') return { form: 'goldsrc', secret: undefined, body: datagram.subarray(8) }
  if (head.startsWith('R')) {
    const token = TOKEN.exec(datagram.toString('latin1', 5, 5 + LONGEST_TOKEN + 2))?.[0] ?? ''
    return { form: 'source', secret: undefined, body: datagram.subarray(5 + token.length) }
  }
  if (head.startsWith('S')) {
    const stamp = SECRET_END.exec(datagram.toString('latin1', 5, 5 + LONGEST_ENVELOPE))
    if (stamp) {
      const secret = datagram.toString('utf8', 5, 5 + stamp.index)
      return { form: 'secret', secret, body: datagram.subarray(5 + stamp.index + (stamp[1] ?? '').length) }
    }
  }
  return { form: 'bare', secret: undefined, body: datagram.subarray(4) }
}

/** Takes a datagram apart: the proxy's envelope, the engine's head, the lines. Never throws. */
export function decodePacket(datagram: Buffer): Packet {
  const envelope =
    datagram[0] === LETTER_P ? ENVELOPE.exec(datagram.toString('latin1', 0, LONGEST_ENVELOPE)) : null
  const proxy = envelope ? { key: envelope[1] ?? '', address: envelope[2] ?? '' } : undefined
  const { form, secret, body } = bodyOf(envelope ? datagram.subarray(envelope[0].length) : datagram)
  return { form, secret, proxy, ...decodeLines(body) }
}
