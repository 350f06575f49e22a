import { parseServerAddress } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import { operate } from './operate.ts'
import { type KeyOptions, readKeys, withKeyOptions } from './server-keys.ts'

interface Options extends KeyOptions {
  readonly remove: boolean
}

/** `hlstats servers key` */
export function serverKeyCommand(): Command {
  const command = new Command('key')
    .description('give a registered server a log secret or an HTTP token, in place of the one it has')
    .argument('<ip:port>', 'the address that it is registered with')
    .option('--remove', 'take all its keys away: it is known by its address again', false)
  return withKeyOptions(command).action(change)
}

async function change(address: string, options: Options): Promise<void> {
  const { keys, told } = readKeys(options)
  const removeAll = options.remove
  if (keys.length === 0 && !removeAll) {
    throw new StatsError('INPUT_INVALID', 'what is to change? Say --log-secret, --http-token or --remove')
  }
  const asked = { address: parseServerAddress(address), removeAll, keys }
  await operate((operations) => operations.changeKeys(asked))
  console.log(`keys of ${address} changed`)
  for (const line of told) console.log(line)
}
