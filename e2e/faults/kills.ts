import { type ServiceProcess, until, withConnection } from '@hlstats/testkit'
import type { ConsumerName } from '../processes.ts'
import type { FaultScene } from './fault-scene.ts'

/** Rows that every batch of the service writes. */
const HOT_TABLES = { player: 'hlstats_Players', weapon: 'hlstats_Weapons', match: 'hlstats_Servers' } as const

// InnoDB makes its list of transactions anew only when nobody has read it for 0.1 s.
const TRX_CACHE_MS = 200

interface Queries {
  query(sql: string): Promise<{ host: string }[]>
}

/**
 * Kills a consumer whose COMMIT is done and whose ack has not reached the broker: the ack is held on the wire, and lost
 * with it.
 */
export async function killBeforeAck(scene: FaultScene, process: ServiceProcess): Promise<void> {
  const { broker } = scene.wires(process)
  broker.hold('toServer')
  const handled = await scene.handled(process)
  await until(async () => (await scene.handled(process)) > handled, {
    timeoutMs: 30_000,
    what: `a COMMIT of ${process.name}`,
  })
  await process.kill()
  broker.reset()
  broker.release()
}

/** Kills ingress whose messages the broker has and whose confirms are held on the wire: it sends them again. */
export async function killBeforeConfirm(scene: FaultScene, lines: number): Promise<void> {
  const ingress = scene.system.ingress
  const { broker } = scene.wires(ingress)
  // Ready means that it takes logs; before it sends anything it looks for all queues, and hears nothing while confirms are held.
  await until(async () => (await ingress.metric('hlstats_publisher_sending')) === 1, {
    what: 'the publisher to send',
  })
  broker.hold('toClient')
  await scene.load.more(lines)
  await scene.load.pause()
  await until(async () => ((await ingress.metric('hlstats_publisher_unconfirmed_age_seconds')) ?? 0) > 0, {
    what: 'messages whose confirms are held',
  })
  await ingress.kill()
  broker.reset()
  broker.release()
  await scene.restart(ingress)
  await scene.load.start()
}

/** Stops a process of the player service in the middle of a transaction that has rows locked. */
export async function freezeInTransaction(scene: FaultScene): Promise<ServiceProcess> {
  return withConnection(scene.system.databaseUrl, async (connection) => {
    await lockRows(connection, HOT_TABLES.player)
    const process = await waitingForRow(scene, connection, 'player')
    await process.kill('SIGSTOP')
    await connection.rollback()
    return process
  })
}

/**
 * Two consumers that both take themselves for the active one: one is in its transaction and has messages in hand when the
 * broker loses sight of it and gives the same messages to the other. Returns both, the new one first.
 */
export async function forceTwoActive(scene: FaultScene, service: ConsumerName): Promise<ServiceProcess[]> {
  return withConnection(scene.system.databaseUrl, async (connection) => {
    await lockRows(connection, HOT_TABLES[service])
    const old = await waitingForRow(scene, connection, service)
    const next = scene.system.replicas(service).find((process) => process !== old)
    if (next === undefined) throw new Error(`${service} has one process only`)
    scene.wires(old).broker.strand()
    await until(async () => isWaiting(scene, next, await waitingPorts(connection)), {
      timeoutMs: 30_000,
      everyMs: TRX_CACHE_MS,
      what: `the other process of ${service} to work on the same messages`,
    })
    await connection.rollback()
    return [next, old]
  })
}

/** Two writers that want each other's rows: the consumer is the lighter one, which InnoDB gives up. */
export async function forceDeadlock(scene: FaultScene, service: ConsumerName): Promise<void> {
  const deadlocks = () =>
    scene.sum(scene.system.replicas(service), 'hlstats_consumer_retries_total', 'code="DB_DEADLOCK"')
  const before = await deadlocks()
  await withConnection(scene.system.databaseUrl, async (connection) => {
    await connection.query('CREATE TABLE IF NOT EXISTS fault_weight (a INT, b INT)')
    await connection.beginTransaction()
    await connection.query(
      'INSERT INTO fault_weight SELECT a.id, b.id FROM hlstats_Actions a JOIN hlstats_Actions b LIMIT 20000',
    )
    await connection.query(`SELECT * FROM ${HOT_TABLES[service]} FOR UPDATE`)
    await waitingForRow(scene, connection, service)
    await connection.query('SELECT * FROM hlstats_Stream_Positions WHERE service = ? FOR UPDATE', [service])
    await connection.rollback()
  })
  await until(async () => (await deadlocks()) > before, { what: `a deadlock that ${service} lost` })
}

interface Transaction extends Queries {
  beginTransaction(): Promise<void>
  rollback(): Promise<void>
}

/** Begins a transaction that has the whole table; again where InnoDB gave us up for a consumer that was at work in it. */
async function lockRows(connection: Transaction, table: string): Promise<void> {
  const lock = async () => {
    await connection.rollback()
    await connection.beginTransaction()
    await connection.query(`SELECT * FROM ${table} FOR UPDATE`)
    return true
  }
  await until(lock, { timeoutMs: 30_000, what: `the rows of ${table}` })
}

/** The process of the service whose transaction waits for a row that this connection has locked. */
function waitingForRow(
  scene: FaultScene,
  connection: Queries,
  service: ConsumerName,
): Promise<ServiceProcess> {
  return until(
    async () => {
      const ports = await waitingPorts(connection)
      return scene.system.replicas(service).find((process) => isWaiting(scene, process, ports))
    },
    { timeoutMs: 30_000, everyMs: TRX_CACHE_MS, what: `a transaction of ${service} that waits for a row` },
  )
}

function isWaiting(scene: FaultScene, process: ServiceProcess, ports: ReadonlySet<number>): boolean {
  return scene.wires(process).database.localPorts.some((port) => ports.has(port))
}

async function waitingPorts(connection: Queries): Promise<Set<number>> {
  const rows = await connection.query(
    `SELECT p.host FROM information_schema.innodb_trx t
       JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
      WHERE t.trx_state = 'LOCK WAIT'`,
  )
  return new Set(rows.map(({ host }) => Number(host.split(':').at(-1))))
}
