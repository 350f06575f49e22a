import type { ErrorCode } from '@hlstats/errors'
import type { LogLevelName } from './counting.ts'
import type { Operation } from './operations.ts'

/** What the counting thread is started with. */
export interface CountingOptions {
  readonly databaseUrl: string
  readonly partitions: number
  readonly logLevel: LogLevelName
  readonly logFormat: 'json' | 'pretty'
}

/** What the thread is asked; each is answered once. */
export type Request =
  | { readonly what: 'deliver'; readonly partition: number; readonly body: Uint8Array }
  | { readonly what: 'checkpoint' }
  | { readonly what: 'perform'; readonly operation: Operation }
  | { readonly what: 'metrics'; readonly part: string }
  | { readonly what: 'stop' }
  | { readonly what: 'close' }

/** What it says. */
export type Report =
  | { readonly kind: 'started' }
  | { readonly kind: 'condition'; readonly name: string; readonly ok: boolean; readonly reason?: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly code: ErrorCode; readonly error: Error }
