import type { PeerTest } from '@hlstats/testkit'
import { CS_LOG_PARSER_PHP, JANSTUEMMEL } from './counter-strike-peers.ts'
import { DOCUMENTS } from './documents.ts'
import { FONTE } from './fonte.ts'
import { GBANS } from './gbans.ts'
import { compare, type Mapping, type Outcome } from './mapping.ts'
import { SRCDS_LOG_PARSER } from './negezor.ts'
import { HLDS_AGENT, HLDS_LOGS, SRCDSLOG, STEAM_HLDS_LOG_PARSER } from './small-peers.ts'

const MAPPINGS: Readonly<Record<string, Mapping>> = {
  JaniL_srcdslog: SRCDSLOG,
  JonnyPower_hlds_logs: HLDS_LOGS,
  'doc-examples_type-only': DOCUMENTS,
  'hjbdev_cs-log-parser-php': CS_LOG_PARSER_PHP,
  'janstuemmel_cs2-log': JANSTUEMMEL,
  'janstuemmel_csgo-log': JANSTUEMMEL,
  leighmacdonald_gbans: GBANS,
  'negezor_srcds-log-parser': SRCDS_LOG_PARSER,
  reu_fonte: FONTE,
  'streed_hlds-agent': HLDS_AGENT,
  tomav_steam_hlds_log_parser: STEAM_HLDS_LOG_PARSER,
}

/** What became of each case of the other parsers' tests. */
export function comparePeers(tests: readonly PeerTest[]): readonly Outcome[] {
  return tests.map((test) => {
    const mapping = MAPPINGS[test.peer]
    if (mapping === undefined) return { test, result: 'failed', reason: 'no mapping for this peer' }
    return compare(test, mapping)
  })
}
