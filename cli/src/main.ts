import { hideCredentials } from '@hlstats/config'
import { StatsError } from '@hlstats/errors'
import { createProgram } from './program.ts'

try {
  await createProgram().parseAsync()
} catch (error) {
  // What we classified says what to do; anything else is a bug and needs its stack.
  const text =
    error instanceof StatsError ? error.message : error instanceof Error ? error.stack : String(error)
  console.error(`hlstats: ${hideCredentials(text ?? '')}`)
  process.exitCode = 1
}
