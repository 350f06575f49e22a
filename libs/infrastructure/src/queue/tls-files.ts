import { readFileSync } from 'node:fs'
import type { BrokerOptions } from './broker-connection.ts'

/** Certificates as the client takes them. */
export function readTls(tls: BrokerOptions['tls']): { ca?: Buffer[]; cert?: Buffer; key?: Buffer } {
  return {
    ...(tls?.ca === undefined ? {} : { ca: [readFileSync(tls.ca)] }),
    ...(tls?.cert === undefined ? {} : { cert: readFileSync(tls.cert) }),
    ...(tls?.key === undefined ? {} : { key: readFileSync(tls.key) }),
  }
}
