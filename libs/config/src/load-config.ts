import { StatsError } from '@hlstats/errors'
import type { Field } from './fields.ts'
import { hideCredentials } from './hide-credentials.ts'

/** What a service can be told: its prefix and its fields, named as the code reads them. */
export interface ConfigDefinition<F extends Record<string, Field<unknown>>> {
  /** `PLAYER`: field `stopWithinMs` is read from `PLAYER_STOP_WITHIN_MS`. */
  readonly prefix: string
  readonly fields: F
}

export type ConfigOf<F extends Record<string, Field<unknown>>> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never
}

type Environment = Readonly<Record<string, string | undefined>>

// Kubernetes adds these for every Service of the namespace: PLAYER_SERVICE_HOST, PLAYER_PORT_8081_TCP_ADDR …
const KUBERNETES_LINK = /_(SERVICE_(HOST|PORT(_.+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/

/**
 * Reads the whole configuration once, frozen. All problems are reported together, as one CONFIG_INVALID that names each
 * variable, its value and the remedy; a variable with the service's prefix that nobody reads is a problem too.
 */
export function loadConfig<F extends Record<string, Field<unknown>>>(
  definition: ConfigDefinition<F>,
  environment: Environment = process.env,
): ConfigOf<F> {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(definition.fields)) {
    const variable = variableOf(definition.prefix, key, field)
    values[key] = readField(field, variable, environment[variable], problems)
  }
  problems.push(...unknownNames(definition, environment))
  if (problems.length > 0) {
    throw new StatsError('CONFIG_INVALID', `the configuration is not usable:\n  ${problems.join('\n  ')}`)
  }
  return Object.freeze(values) as ConfigOf<F>
}

/** The environment variable of a field. */
export function variableOf(prefix: string, key: string, field: Field<unknown>): string {
  return field.variable ?? `${prefix}_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

function readField(
  field: Field<unknown>,
  variable: string,
  text: string | undefined,
  problems: string[],
): unknown {
  // Compose files and shells pass `NAME=` for "not given".
  if (text === undefined || text === '') {
    if (field.fallback === undefined) problems.push(`${variable} is missing: set it to ${field.expects}`)
    return field.fallback
  }
  const value = field.parse(text)
  if (value === undefined) {
    const shown = hideCredentials(text).slice(0, 200)
    problems.push(`${variable} is "${shown}": set it to ${field.expects}`)
  }
  return value
}

function unknownNames<F extends Record<string, Field<unknown>>>(
  { prefix, fields }: ConfigDefinition<F>,
  environment: Environment,
): string[] {
  const known = Object.entries(fields).map(([key, field]) => variableOf(prefix, key, field))
  const own = known.filter((name) => name.startsWith(`${prefix}_`))
  return Object.keys(environment)
    .filter((name) => name.startsWith(`${prefix}_`) && !known.includes(name) && !KUBERNETES_LINK.test(name))
    .map((name) => `${name} is not a setting: remove it, or use one of ${own.join(', ')}`)
}
