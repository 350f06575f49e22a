import { loadConfig, shared } from '@hlstats/config'
import { drainJournal, inspectJournal, WORK_SERVICES } from '@hlstats/infrastructure'
import { silentLogger } from '@hlstats/telemetry'
import { Command } from 'commander'
import { positiveInteger } from './numbers.ts'
import { textTable } from './text-table.ts'

/** `hlstats journal status | drain` */
export function journalCommand(): Command {
  const journal = new Command('journal').description('what ingress has received and the broker has not')
  journal
    .command('status')
    .description('what a journal holds, without touching it')
    .argument('<directory>', 'INGRESS_JOURNAL_DIR of that ingress')
    .action(status)
  journal
    .command('drain')
    .description('send what an ingress that is gone left behind, to AMQP_URL')
    .argument('<directory>', 'INGRESS_JOURNAL_DIR of that ingress')
    .option('--within <seconds>', 'how long to try', positiveInteger, 600)
    .action(drain)
  return journal
}

async function status(directory: string): Promise<void> {
  const { owner, bytes, partitions, backlogs, setAside } = await inspectJournal(directory)
  const waiting = backlogs.reduce((sum, { waitingRecords }) => sum + waitingRecords, 0)
  console.log(owner === undefined ? 'no process has it open' : `process ${owner} has it open`)
  console.log(
    `${bytes} bytes, ${waiting} records to send${partitions === undefined ? '' : `, of ${partitions} partitions`}`,
  )
  if (backlogs.length > 0) {
    const columns = ['Stream', 'Partition', 'Records'].map((title, index) => ({ title, right: index > 0 }))
    const rows = backlogs.map(({ stream, partition, waitingRecords }) => [stream, partition, waitingRecords])
    console.log(textTable(columns, rows))
  }
  for (const path of setAside) console.log(`set aside: ${path}`)
}

async function drain(directory: string, { within }: { within: number }): Promise<void> {
  const { amqpUrl } = loadConfig({ prefix: 'CLI', fields: { amqpUrl: shared.amqpUrl } })
  const options = { directory, rabbitmq: { url: amqpUrl }, services: WORK_SERVICES, withinMs: within * 1000 }
  const sent = await drainJournal(options, silentLogger())
  console.log(sent === 0 ? 'there was nothing to send' : `${sent} records sent and confirmed`)
}
