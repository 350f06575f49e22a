import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { encodeRecord } from '@hlstats/events'
import { Metrics } from '@hlstats/telemetry'
import { aKill, temporaryFolder, until } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Journal, type JournalOptions } from './journal.ts'

let directory: string
const opened: Journal[] = []

beforeEach(() => {
  directory = temporaryFolder('journal')
})

afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close()
})

async function open(options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await Journal.open({ directory, partitions: 2, ...options })
  opened.push(journal)
  return journal
}

/** The next life: as after a restart. */
async function reopen(options: Partial<JournalOptions> = {}): Promise<Journal> {
  await opened.pop()?.close()
  return open(options)
}

/** Everything unconfirmed of a partition in the order of sending, confirmed on the way. */
async function sendAll(journal: Journal, partition: number, maxBytes = 64 * 1024): Promise<string[]> {
  const sent: string[] = []
  for (;;) {
    const batch = await journal.peek(partition, maxBytes)
    if (batch === undefined) return sent
    sent.push(...batch.records.map((_, index) => `${batch.stream}/${batch.firstRecord + index}`))
    await journal.confirm(batch)
  }
}

function segments(partition = 0): string[] {
  const folder = join(directory, `p${partition}`)
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

function segmentPath(index: number, partition = 0): string {
  return join(directory, `p${partition}`, segments(partition)[index] ?? '')
}

async function appendMany(journal: Journal, count: number, partition = 0): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => journal.append(partition, [aKill()])))
}

describe('Journal', () => {
  it('numbers the records of each partition 1, 2, 3 … and gives back their frozen bytes', async () => {
    const journal = await open()
    const kills = [aKill(), aKill(), aKill()] as const
    const numbers = await Promise.all([
      journal.append(0, [kills[0], kills[1]]),
      journal.append(1, [kills[2]]),
      journal.append(0, [kills[2]]),
    ])
    expect(numbers).toEqual([1, 1, 2])
    expect(await journal.peek(0, 64 * 1024)).toMatchObject({
      stream: journal.stream,
      firstRecord: 1,
      lastRecord: 2,
      events: 3,
      records: [encodeRecord(1, [kills[0], kills[1]]), encodeRecord(2, [kills[2]])],
    })
  })

  it('gives the same batch until it is confirmed, and never more than asked except for one large record', async () => {
    const journal = await open()
    await appendMany(journal, 3)
    await journal.append(
      0,
      Array.from({ length: 40 }, () => aKill()),
    )
    const small = await journal.peek(0, 1_000)
    expect(small).toMatchObject({ firstRecord: 1, lastRecord: 1 })
    expect(await journal.peek(0, 1_000)).toEqual(small)
    expect(await sendAll(journal, 0, 1_000)).toEqual([1, 2, 3, 4].map((n) => `${journal.stream}/${n}`))
    expect(journal.waitingRecords).toBe(0)
  })

  it('writes the appends of one moment together', async () => {
    const journal = await open()
    let writes = 0
    journal.onAppend(() => {
      writes += 1
    })
    await appendMany(journal, 50)
    expect(writes).toBeLessThan(5)
  })

  it('sends what earlier lives left before its own, each life in order, under its own stream', async () => {
    const streams: string[] = []
    for (let life = 0; life < 3; life++) {
      const journal = await reopen()
      streams.push(journal.stream)
      await appendMany(journal, 2)
    }
    expect([...streams].sort()).toEqual(streams)
    expect(new Set(streams).size).toBe(3)
    const journal = await reopen()
    const sent = await sendAll(journal, 0)
    expect(sent).toEqual(streams.flatMap((stream) => [`${stream}/1`, `${stream}/2`]))
    expect(segments()).toEqual([])
  })

  it('begins a stream after every earlier one even when the clock went back and all was sent', async () => {
    await open()
    const future = '20991231T235959999-00000000'
    await opened.pop()?.close()
    writeFileSync(join(directory, 'cursor.json'), JSON.stringify({ lastStream: future, confirmed: {} }))
    expect((await open()).stream > future).toBe(true)
  })

  it('does not send again what was confirmed before a restart', async () => {
    const journal = await open()
    await appendMany(journal, 5)
    const batch = await journal.peek(0, 1_000)
    if (batch !== undefined) await journal.confirm(batch)
    const { stream } = journal
    const next = await reopen()
    expect(next.waitingRecords).toBe(4)
    expect(await sendAll(next, 0)).toEqual([2, 3, 4, 5].map((n) => `${stream}/${n}`))
  })

  it('deletes segments that are confirmed, the one being written too once it is worth it', async () => {
    const journal = await open({ maxBytes: 200_000 })
    for (let round = 0; round < 20; round++) {
      await appendMany(journal, 20)
      await sendAll(journal, 0)
    }
    expect(segments().length).toBeLessThanOrEqual(1)
    expect(journal.bytes).toBeLessThan(50_000)
  })

  it('refuses appends at its bound, keeps what it has, and takes new ones when it was sent', async () => {
    const journal = await open({ maxBytes: 40_000 })
    let taken = 0
    const fill = async () => {
      for (;;) {
        await journal.append(0, [aKill()])
        taken += 1
      }
    }
    await expect(fill()).rejects.toMatchObject({ code: 'JOURNAL_FULL' })
    expect(taken).toBeGreaterThan(10)
    expect(
      segments().reduce((sum, name) => sum + statSync(join(directory, 'p0', name)).size, 0),
    ).toBeLessThan(41_000)
    expect(await sendAll(journal, 0)).toHaveLength(taken)
    await expect(journal.append(0, [aKill()])).resolves.toBe(taken + 1)
  })

  it('cuts the torn tail of a life that died in mid-write', async () => {
    const journal = await open()
    await appendMany(journal, 3)
    const { stream } = journal
    await opened.pop()?.close()
    const path = segmentPath(0)
    truncateSync(path, statSync(path).size - 5)
    const next = await open()
    expect(await sendAll(next, 0)).toEqual([1, 2].map((n) => `${stream}/${n}`))
  })

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['half a header', Buffer.from('484c5331000000', 'hex')],
  ])('starts over %s that a dying life left', async (_, bytes) => {
    const journal = await open()
    await appendMany(journal, 1)
    const path = segmentPath(0)
    const { stream } = journal
    await opened.pop()?.close()
    writeFileSync(path.replace(stream, '20990101T000000000-00000000'), bytes)
    expect(await sendAll(await open(), 0)).toEqual([`${stream}/1`])
  })

  it('goes on behind a record whose checksum is wrong, counts the damage, and keeps the file', async () => {
    const journal = await open()
    await appendMany(journal, 3)
    const { stream } = journal
    await opened.pop()?.close()
    const path = segmentPath(0)
    const bytes = readFileSync(path)
    const middle = bytes.indexOf('"record":2')
    bytes[middle + 30] = (bytes[middle + 30] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const metrics = new Metrics()
    const next = await open({ metrics })
    expect(await sendAll(next, 0)).toEqual([1, 3].map((n) => `${stream}/${n}`))
    expect(await metrics.value('hlstats_journal_damaged_total')).toBe(1)
    expect(segments()).toEqual([expect.stringContaining('.corrupt')])
  })

  it('refuses a second process on its directory, and takes over from one that died', async () => {
    await open()
    await expect(Journal.open({ directory, partitions: 2 })).rejects.toMatchObject({
      code: 'JOURNAL_WRITE',
      message: expect.stringContaining(String(process.pid)),
    })
    await opened.pop()?.close()
    const beforeReboot = { pid: 1, startedAt: '0', boot: 'x', host: hostname() }
    writeFileSync(join(directory, 'lock'), JSON.stringify(beforeReboot))
    await open()
    await opened.pop()?.close()
    writeFileSync(join(directory, 'lock'), '{"pid":')
    await open()
  })

  it('refuses to run with another number of partitions while it holds unsent records', async () => {
    const journal = await open({ partitions: 2 })
    await appendMany(journal, 1, 1)
    await opened.pop()?.close()
    await expect(Journal.open({ directory, partitions: 4 })).rejects.toMatchObject({
      code: 'QUEUE_PARTITIONS',
      message: expect.stringMatching(/2 partitions.* 4.*journal drain/),
    })
    await sendAll(await open({ partitions: 2 }), 1)
    await opened.pop()?.close()
    await open({ partitions: 4 })
  })

  it('tells the caller when it cannot write, and goes on with the same numbers when it can again', async () => {
    const journal = await open()
    writeFileSync(join(directory, 'p0'), 'a file where the folder should be')
    await expect(journal.append(0, [aKill()])).rejects.toMatchObject({ code: 'JOURNAL_WRITE' })
    rmSync(join(directory, 'p0'))
    expect(await journal.append(0, [aKill()])).toBe(1)
    expect(await sendAll(journal, 0)).toEqual([`${journal.stream}/1`])
  })

  it.each(['never', 'interval', 'always'] as const)('takes the fsync policy %s', async (fsync) => {
    const journal = await open({ fsync })
    await appendMany(journal, 3)
    await opened.pop()?.close()
    expect(await sendAll(await open(), 0)).toHaveLength(3)
  })
})

describe('a process that dies while it appends', () => {
  it('leaves every acknowledged record, in order, whenever it is killed', async () => {
    for (let round = 0; round < 5; round++) {
      const { child, acknowledged } = startAppender(directory)
      await until(() => acknowledged.length > 20 + round * 37, { timeoutMs: 20_000 })
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('close', resolve))
      const journal = await open()
      const sent = await sendAll(journal, 0)
      expect(sent.length).toBeGreaterThanOrEqual(acknowledged.length)
      expect(sent.slice(0, acknowledged.length)).toEqual(acknowledged)
      const stream = sent[0]?.split('/')[0]
      expect(sent).toEqual(sent.map((_, index) => `${stream}/${index + 1}`))
      await opened.pop()?.close()
    }
  })
})

/** A process that appends without pause and says which records were acknowledged. */
function startAppender(folder: string): { child: ChildProcess; acknowledged: string[] } {
  const program = `
    import { Journal } from '${join(import.meta.dirname, 'journal.ts')}'
    const journal = await Journal.open({ directory: '${folder}', partitions: 2 })
    const events = [{ category: 'kill', text: 'x'.repeat(3000) }]
    for (;;) {
      const numbers = await Promise.all([1, 2, 3].map(() => journal.append(0, events)))
      process.stdout.write(numbers.map((n) => journal.stream + '/' + n + '\\n').join(''))
    }`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const acknowledged: string[] = []
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
    acknowledged.push(line),
  )
  return { child, acknowledged }
}
