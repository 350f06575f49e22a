import { type ConfigDefinition, type Field, shared, variableOf } from '@hlstats/config'
import { expect, it } from 'vitest'
import { ingressConfig } from '../services/ingress/src/config.ts'
import { MATCH_CONFIG } from '../services/match/src/config.ts'
import { PLAYER_CONFIG } from '../services/player/src/config.ts'
import { SHADOW_CONSUMER_CONFIG } from '../services/shadow-consumer/src/config.ts'
import { STANDALONE_CONFIG } from '../services/standalone/src/config.ts'
import { WEAPON_CONFIG } from '../services/weapon/src/config.ts'

type Fields = Record<string, Field<unknown>>

const SERVICES: ReadonlyArray<readonly [string, ConfigDefinition<Fields>]> = [
  ['Ingress', ingressConfig],
  ['Player', PLAYER_CONFIG],
  ['Weapon', WEAPON_CONFIG],
  ['Match', MATCH_CONFIG],
  ['Shadow consumer', SHADOW_CONSUMER_CONFIG],
  ['Standalone', STANDALONE_CONFIG],
]

const HEAD = `# Configuration

Every setting is an environment variable. A service reads them once at its start, reports everything that is wrong with
them at once, and refuses variables with its prefix that it does not know. An empty variable is one that is not set.

This page is made from each service's \`config.ts\`: \`npm run generate-docs\` writes it, a test compares it.

`

function table(prefix: string, fields: Fields): string {
  const rows = Object.entries(fields).map(([key, field]) => {
    const given = field.fallback === undefined ? '*required*' : `\`${field.fallback}\``
    return `| \`${variableOf(prefix, key, field)}\` | ${given} | ${field.expects} | ${field.meaning} |\n`
  })
  return `| Variable | Default | Value | Meaning |\n|---|---|---|---|\n${rows.join('')}\n`
}

function own(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, { variable }]) => variable === undefined))
}

it('docs/config.md lists exactly the settings of every service', async () => {
  const services = SERVICES.map(([name, { prefix, fields }]) => `## ${name}\n\n${table(prefix, own(fields))}`)
  const page = `${HEAD}## All services\n\n${table('', shared)}${services.join('')}`
  await expect(`${page.trimEnd()}\n`).toMatchFileSnapshot('../docs/config.md')
})

it('every setting says what it means', () => {
  const silent = SERVICES.flatMap(([name, { fields }]) =>
    Object.entries(fields)
      .filter(([, { meaning }]) => !/^[A-Z].*\.$/.test(meaning))
      .map(([key]) => `${name} ${key}`),
  )
  expect(silent).toEqual([])
})
