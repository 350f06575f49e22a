// The real processes on a real broker and database, from datagrams to commits: kills a second, age, statements, memory.
//   npm run bench -- end-to-end [--kills 60000] [--servers 20] [--shared] [--rate 2000] [--seconds 10] [--json]
//   npm run bench -- end-to-end --log <path in the corpus> [--json]
// HLSTATS_TEST_DATABASE_URL and HLSTATS_TEST_AMQP_URL name backends to use; without them private ones are started.
import { parseArgs } from 'node:util'
import { benchKills } from './end-to-end/kill-bench.ts'
import { benchLog } from './end-to-end/log-bench.ts'
import { CONSUMERS } from './end-to-end/measured-system.ts'
import { printKills, printLog } from './end-to-end/report.ts'
import { givenLog } from './given-log.ts'

const MOST_STATEMENTS_PER_EVENT = 0.05

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '60000' },
    servers: { type: 'string', default: '20' },
    players: { type: 'string', default: '10' },
    shared: { type: 'boolean', default: false },
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '10' },
    log: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

if (values.log === undefined) {
  const figures = await benchKills({
    kills: Number(values.kills),
    servers: Number(values.servers),
    playersPerServer: Number(values.players),
    shared: values.shared,
    rate: Number(values.rate),
    seconds: Number(values.seconds),
  })
  if (values.json) console.log(JSON.stringify(figures))
  else printKills(figures)
  const counted = {
    ...Object.fromEntries(CONSUMERS.map((name) => [name, figures.processes[name]?.statementsPerEvent])),
    'all together': figures.statementsPerEvent,
  }
  const tooMany = Object.entries(counted).filter(
    ([, statements = Number.POSITIVE_INFINITY]) => statements > MOST_STATEMENTS_PER_EVENT,
  )
  for (const [name, statements] of tooMany) {
    console.error(`${name}: ${statements} statements per event, more than ${MOST_STATEMENTS_PER_EVENT}`)
  }
  process.exitCode = tooMany.length > 0 || figures.wrong.length > 0 || figures.droppedByKernel > 0 ? 1 : 0
} else {
  const figures = await benchLog(values.log, givenLog(values.log))
  if (values.json) console.log(JSON.stringify(figures))
  else printLog(figures)
}
