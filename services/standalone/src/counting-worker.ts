import { parentPort, workerData } from 'node:worker_threads'
import { codeOf, toError } from '@hlstats/errors'
import { Counting } from './counting.ts'
import type { CountingOptions, Report, Request } from './messages.ts'
import { perform } from './operations.ts'

const say = (report: Report) => parentPort?.postMessage(report)
const told = new Map<string, string>()

// Consumers say it with every batch; only what changes is news.
function onCondition(name: string, ok: boolean, reason?: string): void {
  const text = `${ok} ${reason ?? ''}`
  if (told.get(name) === text) return
  told.set(name, text)
  say({ kind: 'condition', name, ok, ...(reason === undefined ? {} : { reason }) })
}

const counting = await Counting.start(workerData as CountingOptions, onCondition)
parentPort?.on('message', ({ id, request }: { id: number; request: Request }) => {
  answer(request).then(
    (value) => say({ kind: 'answer', id, value }),
    (error: unknown) => say({ kind: 'refusal', id, code: codeOf(error), error: toError(error) }),
  )
})
say({ kind: 'started' })

async function answer(request: Request): Promise<unknown> {
  switch (request.what) {
    case 'deliver':
      return counting.deliver(request.partition, Buffer.from(request.body))
    case 'checkpoint':
      return counting.checkpoint()
    case 'perform':
      return perform(counting, request.operation)
    case 'metrics':
      return counting.metrics(request.part)
    case 'stop':
      return counting.stop()
    case 'close':
      return counting.close()
  }
}
