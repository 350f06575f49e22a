import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import { textTable } from './text-table.ts'

interface Options {
  readonly ingressUrl: string
  readonly game: string
}

interface UnknownSender {
  readonly address: string
  readonly by: 'datagram' | 'post'
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
}

const ANSWER_WITHIN_MS = 5_000

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

async function unknownSenders(ingressUrl: string): Promise<readonly UnknownSender[]> {
  try {
    const response = await fetch(`${ingressUrl}/unknown-senders`, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    if (!response.ok) throw new Error(`it answers ${response.status}`)
    const { senders } = (await response.json()) as { senders: UnknownSender[] }
    return senders
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const remedy = 'name the address of its probes and metrics with --ingress-url'
    throw new StatsError('SERVICE_UNREACHABLE', `no ingress at ${ingressUrl} (${why}): ${remedy}`, { cause })
  }
}
