import { runPrepared } from './prepare.mjs'

const { DATABASE_URL, AMQP_URL } = process.env
const args = process.argv.slice(2)
const given = [DATABASE_URL && 'DATABASE_URL', AMQP_URL && 'AMQP_URL'].filter(Boolean)
const asked = args.includes('--cluster')
const rest = args.filter((argument) => argument !== '--cluster')

if (asked || given.length > 0) {
  const why = asked ? 'npm run cluster' : `${given.join(' and ')} set`
  console.log(
    `mode: cluster (${why}): a process per service, RabbitMQ between them, MariaDB or MySQL behind them`,
  )
  runPrepared('scripts/cluster.ts', rest)
} else {
  console.log(
    'mode: standalone (neither DATABASE_URL nor AMQP_URL is set): one process, a database file, no broker',
  )
  runPrepared('scripts/standalone.ts', rest)
}
