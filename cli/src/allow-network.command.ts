import { parseNetwork } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import { operate } from './operate.ts'

interface Options {
  readonly game?: string
  readonly remove: boolean
}

/** `hlstats servers allow` */
export function allowNetworkCommand(): Command {
  return new Command('allow')
    .description('have ingress register whatever game server sends its log from a network')
    .argument('<network>', 'like 192.0.2.0/24, or one address; the smallest network decides')
    .option('--game <code>', 'game code of all servers there: cstrike, csgo, tf …')
    .option('--remove', 'no more servers from there; those registered stay', false)
    .action(allow)
}

async function allow(text: string, { game, remove }: Options): Promise<void> {
  const network = parseNetwork(text)
  if ((game === undefined) !== remove) {
    throw new StatsError('INPUT_INVALID', 'say either --game <code> or --remove')
  }
  const change = { network, ...(game === undefined ? {} : { game }) }
  const isChanged = await operate((operations) => operations.changeNetwork(change))
  if (!isChanged) throw new StatsError('INPUT_INVALID', `${network} was not allowed`)
  console.log(
    remove
      ? `servers of ${network} are not registered any more`
      : `servers of ${network} are registered as ${game} when they send`,
  )
}
