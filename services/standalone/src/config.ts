import { join } from 'node:path'
import { type ConfigOf, field } from '@hlstats/config'
import { type IngressConfig, ingressConfig } from '@hlstats/ingress'

const { databaseUrl: _database, amqpUrl: _broker, journalDir: _journal, ...ingress } = ingressConfig.fields

/** What standalone can be told: all of ingress, but for what it brings along itself. */
export const STANDALONE_CONFIG = {
  prefix: 'STANDALONE',
  fields: {
    ...ingress,
    reloadMs: field.integer({
      default: 2_000,
      min: 100,
      meaning: 'Milliseconds between readings of servers, options and actions from the database.',
    }),
    dataDir: field.string({
      default: './data',
      meaning: 'Directory of the database file and the journal, on a local disk.',
    }),
  },
}

export type StandaloneConfig = ConfigOf<typeof STANDALONE_CONFIG.fields>

/** The database file, as a URL. */
export function databaseUrlOf({ dataDir }: StandaloneConfig): string {
  return `sqlite:${join(dataDir, 'hlstats.db')}`
}

/** Where the command line finds the way in. */
export function controlFileOf({ dataDir }: StandaloneConfig): string {
  return join(dataDir, 'control.json')
}

/** What its ingress is told. */
export function ingressConfigOf(config: StandaloneConfig): IngressConfig {
  const journalDir = join(config.dataDir, 'journal')
  return { ...config, journalDir, databaseUrl: databaseUrlOf(config), amqpUrl: '' }
}
