import { type RunningService, type ServiceOptions, startService } from './start-service.ts'

/**
 * Runs a service as this process: SIGTERM, SIGINT and SIGHUP stop it (exit 0, or 1 when something hung or failed), a second
 * signal exits at once, and an error that nobody caught ends the process with exit 1: it is never resumed.
 */
export async function runService(options: ServiceOptions): Promise<void> {
  const { logger } = options
  process.on('uncaughtException', (error) => {
    logger.fatal('an error that nobody caught', { err: error })
    process.exit(1)
  })
  const asked = Promise.withResolvers<NodeJS.Signals>()
  let signals = 0
  const onSignal = (signal: NodeJS.Signals) => {
    signals += 1
    if (signals > 1) {
      logger.warn('a second signal: exiting at once', { signal })
      process.exit(1)
    }
    logger.info('stopping', { signal })
    asked.resolve(signal)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal)
  const service = await start(options, asked.promise)
  await asked.promise
  const { hung, failed } = await service.stop()
  process.exit(hung.length + failed.length > 0 ? 1 : 0)
}

async function start(options: ServiceOptions, asked: Promise<unknown>): Promise<RunningService> {
  const { logger, config } = options
  let watchdog: NodeJS.Timeout | undefined
  let started = false
  // A start that waits for a backend must not outlive the deadline of a stop asked meanwhile.
  const guard = asked.then(() => {
    if (started) return
    watchdog = setTimeout(() => {
      logger.error('the stop took too long', { hung: ['start'] })
      process.exit(1)
    }, config.stopWithinMs)
  })
  try {
    return await Promise.race([startService(options), guard.then(() => new Promise<never>(() => undefined))])
  } catch (error) {
    logger.fatal('the service could not start', { err: error })
    process.exit(1)
  } finally {
    started = true
    clearTimeout(watchdog)
  }
}
