import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'

const here = new URL('./run-service.ts', import.meta.url).href
const telemetry = new URL('../../telemetry/src/index.ts', import.meta.url).href

/** A real process that runs a service whose composition root is `build`. */
function run(build: string, stopWithinMs = 5_000) {
  const code = `
    import { runService } from '${here}'
    import { createLogger, createMetrics } from '${telemetry}'
    await runService({
      name: 'player',
      config: { httpPort: 0, stopWithinMs: ${stopWithinMs} },
      logger: createLogger({ name: 'player' }),
      metrics: createMetrics(),
      build: async ({ onStop, ready }) => { ${build} },
    })`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: Array<Record<string, unknown>> = []
  const said = (sentence: string) => lines.some(({ msg }) => msg === sentence)
  const waiting = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line))
    for (const check of waiting) check()
  })
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve))
  const until = (sentence: string) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (said(sentence)) resolve()
      }
      waiting.add(check)
      check()
    })
  return { child, lines, exited, until }
}

describe('runService', () => {
  it.each(['SIGTERM', 'SIGHUP'] as const)('drains on %s and exits 0', async (signal) => {
    const { child, lines, exited, until } = run(
      `onStop('consumer', () => console.log('{"msg":"consumer stopped"}'))`,
    )
    await until('ready')
    child.kill(signal)
    expect(await exited).toBe(0)
    expect(lines.map(({ msg }) => msg)).toEqual([
      'starting',
      'ready',
      'stopping',
      'draining',
      'consumer stopped',
      'stopped',
    ])
  })

  it('exits 1 at the deadline and names what hung', async () => {
    const { child, lines, exited, until } = run(`onStop('consumer', () => new Promise(() => {}))`, 50)
    await until('ready')
    child.kill('SIGINT')
    expect(await exited).toBe(1)
    expect(lines.at(-1)).toMatchObject({ level: 'error', hung: ['consumer', 'http server'] })
  })

  it('exits at once on a second signal', async () => {
    const { child, exited, until } = run(`onStop('consumer', () => new Promise(() => {}))`, 600_000)
    await until('ready')
    child.kill('SIGTERM')
    await until('draining')
    child.kill('SIGTERM')
    expect(await exited).toBe(1)
  })

  it('ends a start that hangs, within the deadline of the stop asked meanwhile', async () => {
    const { child, lines, exited, until } = run(`await new Promise(() => setInterval(() => {}, 1000))`, 50)
    await until('starting')
    child.kill('SIGTERM')
    expect(await exited).toBe(1)
    expect(lines.at(-1)).toMatchObject({ level: 'error', hung: ['start'] })
  })

  it('finishes a start that was under way when the signal came, then stops', async () => {
    const { child, exited, until, lines } = run(
      `await new Promise((resolve) => process.once('SIGTERM', () => setTimeout(resolve, 50)))
       onStop('consumer', () => console.log('{"msg":"consumer stopped"}'))`,
    )
    await until('starting')
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(lines.map(({ msg }) => msg)).toContain('consumer stopped')
  })

  it('logs fatal and exits 1 on an error that nobody caught', async () => {
    const { lines, exited } = run(`setTimeout(() => Promise.reject(new Error('a bug')), 10)`)
    expect(await exited).toBe(1)
    expect(lines.at(-1)).toMatchObject({ level: 'fatal', err: { message: 'a bug' } })
  })

  it('logs fatal and exits 1 when the service cannot be built', async () => {
    const { lines, exited } = run(`throw new Error('no schema')`)
    expect(await exited).toBe(1)
    expect(lines.at(-1)).toMatchObject({ level: 'fatal', err: { message: 'no schema' } })
  })
})
