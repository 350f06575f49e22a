import { Command } from 'commander'
import { textTable } from './text-table.ts'
import { unknownSenders } from './unknown-senders.ts'

interface Options {
  readonly ingressUrl: string
  readonly game: string
}

/** `hlstats servers unknown` */
export function unknownSendersCommand(): Command {
  return new Command('unknown')
    .description(
      'who sends logs and is not registered: the latest first, with the command that registers each',
    )
    .option('--ingress-url <url>', 'where ingress or standalone answers', 'http://127.0.0.1:8080')
    .option('--game <code>', 'game code to put into the commands', '<code>')
    .action(show)
}

async function show({ ingressUrl, game }: Options): Promise<void> {
  const senders = await unknownSenders(ingressUrl)
  if (senders.length === 0) {
    console.log('nobody unknown has sent anything since ingress started')
    return
  }
  const titles = ['Address', 'By', 'Times', 'First', 'Last', 'Register it']
  const columns = titles.map((title) => ({ title, right: title === 'Times' }))
  const rows = senders.map(({ address, by, count, firstAt, lastAt }) => [
    address,
    by,
    count,
    firstAt,
    lastAt,
    `hlstats servers add ${address} --game ${game}${by === 'post' ? ' --http-token' : ''}`,
  ])
  console.log(textTable(columns, rows))
}
