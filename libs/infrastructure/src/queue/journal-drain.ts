import { type ILogger, Metrics } from '@hlstats/telemetry'
import { BrokerConnection, type BrokerOptions } from './broker-connection.ts'
import { Journal } from './journal.ts'
import { inspectJournal } from './journal-inspection.ts'
import { JournalPublisher } from './publisher.ts'

export interface DrainOptions {
  readonly directory: string
  readonly rabbitmq: BrokerOptions
  readonly services: readonly string[]
  readonly withinMs: number
}

/** Sends what a journal without a process still holds, and returns the number of records. */
export async function drainJournal(options: DrainOptions, logger: ILogger): Promise<number> {
  const { directory, rabbitmq, services, withinMs } = options
  const { partitions } = await inspectJournal(directory)
  if (partitions === undefined) return 0
  const metrics = new Metrics()
  const journal = await Journal.open({ directory, partitions, logger, metrics })
  const waiting = journal.waitingRecords
  const connection = new BrokerConnection(rabbitmq, 'publish', { logger, metrics })
  const publisher = new JournalPublisher({ partitions, services }, { journal, connection, logger, metrics })
  try {
    await publisher.drain(withinMs)
    return waiting
  } finally {
    await publisher.stop()
    await connection.close()
    await journal.close()
  }
}
