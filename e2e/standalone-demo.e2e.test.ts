import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freeTcpPort, freeUdpPort, repositoryRoot, temporaryFolder } from '@hlstats/testkit'
import { expect, it } from 'vitest'

const run = promisify(execFile)

it('npm start -- --demo needs no broker and no database server, and what it shows is what was sent', async () => {
  const { DATABASE_URL: _database, AMQP_URL: _broker, ...environment } = process.env
  const env = {
    ...environment,
    STANDALONE_DATA_DIR: temporaryFolder('demo'),
    STANDALONE_UDP_PORT: String(await freeUdpPort()),
    STANDALONE_HTTP_PORT: String(await freeTcpPort()),
  }
  const start = join(repositoryRoot, 'scripts/start.mjs')
  const { stdout } = await run(process.execPath, [start, '--demo', '--once'], {
    env,
    cwd: repositoryRoot,
    timeout: 150_000,
  })
  expect(stdout).toContain('mode: standalone (neither DATABASE_URL nor AMQP_URL is set)')
  expect(stdout).toContain('the database matches what was sent')
  expect(stdout).toMatch(/^1 {2}\S.* 1\d{3} +\d+ /m)
  expect(stdout).toMatch(/standalone\s+stopped/)
})

it('npm start with a URL says that it runs the cluster, and why', async () => {
  const env = { ...process.env, DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none' }
  const start = join(repositoryRoot, 'scripts/start.mjs')
  const { stdout } = await run(process.execPath, [start, '--help'], { env, cwd: repositoryRoot })
  expect(stdout).toContain('mode: cluster (DATABASE_URL')
})
