import { migrate } from '@hlstats/database'
import { Command } from 'commander'
import { withAnyDatabase } from './opened-database.ts'

/** `hlstats migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the tables and the seed data to this version; an HLstatsX:CE database is taken over')
    .option('--no-seed', 'tables only, no games, weapons and actions')
    .action(async ({ seed }: { seed: boolean }) => {
      const { applied, legacy, seeded } = await withAnyDatabase((database) => migrate(database, { seed }))
      if (legacy) console.log('an HLstatsX:CE database, taken over with its data')
      console.log(
        `migrations applied: ${applied.length === 0 ? 'none, it is up to date' : applied.join(', ')}`,
      )
      if (seed) console.log(`seed rows added: ${seeded}`)
    })
}
