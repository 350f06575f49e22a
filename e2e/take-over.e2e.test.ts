import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import {
  Chance,
  databaseUrl,
  makeLegacyDatabase,
  type PrivateMariaDb,
  repositoryRoot,
  startPrivateMariaDb,
  withConnection,
} from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: PrivateMariaDb

beforeAll(async () => {
  server = await startPrivateMariaDb()
  for (const name of ['undisturbed', 'killed']) {
    await withConnection(server.url, (connection) => connection.query(`CREATE DATABASE ${name}`))
    await makeLegacyDatabase(databaseUrl(server.url, name), { version: '1.6.19', rows: 2_000 })
  }
})

afterAll(() => server?.remove())

function startMigration(database: string, ...options: string[]) {
  const child = spawn(process.execPath, [join(repositoryRoot, 'cli/src/main.ts'), 'migrate', ...options], {
    env: { ...process.env, DATABASE_URL: databaseUrl(server.url, database) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }))
  return { child, ended }
}

/** Definition and content of every table, but for what says when it was migrated. */
async function picture(database: string): Promise<Record<string, string>> {
  return withConnection(databaseUrl(server.url, database), async (connection) => {
    const tables: { name: string }[] = await connection.query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> '_prisma_migrations'",
    )
    const found: Record<string, string> = {}
    for (const { name } of tables) {
      const [[definition], [sum]] = [
        await connection.query(`SHOW CREATE TABLE \`${name}\``),
        await connection.query(`CHECKSUM TABLE \`${name}\``),
      ]
      found[name] = `${sum.Checksum} ${definition['Create Table']}`
    }
    // Another secret for every installation.
    delete found.hlstats_Options
    return found
  })
}

describe('a take-over', () => {
  it('that is killed again and again, and its server with it, ends where an undisturbed one ends', async () => {
    const planned = await startMigration('undisturbed', '--plan').ended
    expect(planned.output).toMatch(/1\.6\.19, database version 78[\s\S]*left alone: .*ktp_matches \(MyISAM\)/)
    expect(planned.code).toBe(0)
    const began = performance.now()
    const undisturbed = await startMigration('undisturbed').ended
    const took = performance.now() - began
    expect(undisturbed).toMatchObject({
      code: 0,
      output: expect.stringContaining('sums are those from before'),
    })

    const chance = new Chance(11)
    const ends: (number | null)[] = []
    for (let round = 0; round < 6; round += 1) {
      const { child, ended } = startMigration('killed')
      const timer = setTimeout(
        () => (round % 3 === 2 ? server.kill() : child.kill('SIGKILL')),
        took * (0.2 + chance.below(700) / 1_000),
      )
      ends.push((await ended).code)
      clearTimeout(timer)
      if (round % 3 === 2) await server.kill().then(() => server.start())
    }
    expect(ends.filter((code) => code !== 0).length).toBeGreaterThan(0)
    const last = await startMigration('killed').ended
    expect(last).toMatchObject({ code: 0 })
    expect(await picture('killed')).toEqual(await picture('undisturbed'))
  })
})
