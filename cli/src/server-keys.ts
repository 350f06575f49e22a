import { randomBytes } from 'node:crypto'
import { type ServerKey, type ServerKeyKind, serverKeyDigest } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import type { Command } from 'commander'

/** What an operator said about the keys of a server: a text, or true where one is to be made. */
export interface KeyOptions {
  readonly logSecret?: string | true
  readonly httpToken?: string | true
}

/** Keys to store, and what to tell the operator about those that were made: they are shown once. */
export interface NewKeys {
  readonly keys: readonly ServerKey[]
  readonly told: readonly string[]
}

const OPTION: Readonly<Record<ServerKeyKind, string>> = {
  logSecret: '--log-secret',
  httpToken: '--http-token',
}
// It stands in a console command between quotes, and in a URL.
const USABLE = /^[\w.~-]{12,64}$/
const GENERATED_BYTES = 18

/** The options of every command that gives a server keys. */
export function withKeyOptions(command: Command): Command {
  return command
    .option(
      '--log-secret [text]',
      'take datagrams of this server only with its sv_logsecret, from whatever address; made unless given',
    )
    .option('--http-token [text]', 'the server posts its log by HTTP with this token; made unless given')
}

/** Reads the options: keys are checked, made where asked for, and only their digests are kept. */
export function readKeys(options: KeyOptions): NewKeys {
  const keys: ServerKey[] = []
  const told: string[] = []
  for (const kind of ['logSecret', 'httpToken'] as const) {
    const given = options[kind]
    if (given === undefined) continue
    const key = given === true ? randomBytes(GENERATED_BYTES).toString('base64url') : given
    if (!USABLE.test(key)) {
      throw new StatsError(
        'INPUT_INVALID',
        `the text of ${OPTION[kind]} is not usable: write 12 to 64 letters, digits or any of . _ ~ - (without a text one is made)`,
      )
    }
    keys.push({ kind, digest: serverKeyDigest(kind, key) })
    if (given === true) told.push(`shown only now, put it into server.cfg: ${consoleLine(kind, key)}`)
  }
  return { keys, told }
}

function consoleLine(kind: ServerKeyKind, key: string): string {
  return kind === 'logSecret'
    ? `sv_logsecret "${key}"`
    : `logaddress_add_http "http://<address of ingress>:27500/${key}"`
}
