import { TestSystem } from './processes.ts'
import { TestStandalone } from './standalone-process.ts'

/** Whatever counts: what tests of counting need is the same in both. */
export type CountingSystem = TestSystem | TestStandalone

/** Every way to run, for tests whose outcome must not depend on it. */
export const SYSTEMS: readonly { readonly kind: string; create(): Promise<CountingSystem> }[] = [
  { kind: 'the cluster', create: () => TestSystem.create() },
  { kind: 'standalone', create: () => TestStandalone.create() },
]
