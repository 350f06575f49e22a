import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import { withoutPort } from './presence-lines.ts'

/**
 * `rcon from "1.2.3.4:5": command "status"`, `Rcon: "rcon 123 "secret" status" from "1.2.3.4:5"`, `Bad Rcon: …`.
 * The password is never part of it.
 */
export interface RconLine extends LineBase {
  readonly kind: 'rcon'
  readonly ok: boolean
  /** As logged: `1.2.3.4:5`; '' when the line was cut. */
  readonly source: string
  /** Without the port. */
  readonly address: string
  readonly command: string
}

/** Commands whose first argument is a password: it is cut out of what was typed. */
const SECRET_COMMAND = /\b(rcon_password|sv_password|tv_password|sv_logsecret|sm_password)\b[^;]*/g

/** The command with the passwords it sets left out. */
export function withoutSecrets(command: string): string {
  return command.includes('pass') || command.includes('secret')
    ? command.replace(SECRET_COMMAND, '$1 [redacted]')
    : command
}

function rcon(cursor: Cursor, ok: boolean, source: string, command: string): RconLine {
  const { time, stamp } = cursor
  return {
    kind: 'rcon',
    time,
    stamp,
    ok,
    source,
    address: withoutPort(source),
    command: withoutSecrets(command),
  }
}

/** Reads what follows `rcon from "`, as Source writes it. */
export function readSourceRcon(cursor: Cursor): RconLine | undefined {
  const source = cursor.untilQuote()
  if (source === undefined || !cursor.take(': ')) return undefined
  if (cursor.take('Bad Password')) return cursor.isDone() ? rcon(cursor, false, source, '') : undefined
  if (!cursor.take('command "')) return undefined
  return rcon(cursor, true, source, cursor.untilLastQuote() ?? cursor.takeRest())
}

/** Reads what follows `rcon ` where the console echoes it: `123 "secret" status`. */
export function readConsoleRcon(cursor: Cursor): RconLine | undefined {
  const { text, at } = cursor
  const isCommand = cursor.number() !== undefined && text.startsWith(' "', cursor.at)
  cursor.at = at
  return isCommand ? readGoldSrcRcon(true)(cursor) : undefined
}

/** Reads what follows `Rcon: "rcon ` and `Bad Rcon: "rcon `: the challenge, the password, the command, the sender. */
export function readGoldSrcRcon(ok: boolean): (cursor: Cursor) => RconLine | undefined {
  return (cursor) => {
    const { text, at, end } = cursor
    // The sender is written by the server, so the last `" from "` is its own; the rest was typed.
    const from = text.lastIndexOf('" from "')
    const isWhole = from >= at && text.charCodeAt(end - 1) === 34
    // A command that ends in a line break loses its sender; its password stays here all the same.
    const source = isWhole ? text.slice(from + 8, end - 1) : ''
    const typed = text.slice(at, isWhole ? from : end)
    const challenge = typed.indexOf(' ')
    const first = challenge + 1
    const quoted = typed.charCodeAt(first) === 34
    const close = quoted ? typed.indexOf('"', first + 1) : typed.indexOf(' ', first)
    cursor.at = end
    return rcon(cursor, ok, source, close < 0 || challenge < 0 ? '' : typed.slice(close + 1).trim())
  }
}
