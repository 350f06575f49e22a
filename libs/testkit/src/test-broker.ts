import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createVhost, deleteVhost, vhostUrl } from './broker-server.ts'
import { currentTestRun } from './test-run.ts'

const run = promisify(execFile)

/** A vhost of one test file on the run's broker: nobody else's queues. */
export interface TestBroker {
  readonly url: string
  drop(): Promise<void>
}

let vhosts = 0

/** A fresh vhost. To kill a broker take one of your own: `startPrivateRabbit()`. */
export async function testBroker(): Promise<TestBroker> {
  const { id, amqpUrl, managementUrl } = currentTestRun()
  vhosts += 1
  const vhost = `t_${id}_${process.pid}_${vhosts}`
  if (managementUrl === undefined) await createByCommand(vhost, new URL(amqpUrl).username)
  else await createVhost(managementUrl, vhost)
  return {
    url: vhostUrl(amqpUrl, vhost),
    drop: async () => {
      if (managementUrl === undefined) await run('rabbitmqctl', ['delete_vhost', vhost])
      else await deleteVhost(managementUrl, vhost)
    },
  }
}

// A broker given by its URL may have no management API; then it is expected on this machine.
async function createByCommand(vhost: string, user: string): Promise<void> {
  await run('rabbitmqctl', ['add_vhost', vhost])
  await run('rabbitmqctl', ['set_permissions', '-p', vhost, user || 'guest', '.*', '.*', '.*'])
}
