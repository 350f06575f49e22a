import { afterEach, expect, it, vi } from 'vitest'
import { WakeUp } from './wake-up.ts'

afterEach(() => {
  vi.useRealTimers()
})

it('a pause takes its time and no more when the clock is set back meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const pause = new WakeUp().pause(50, () => false).then(() => 'over')
  vi.setSystemTime(Date.now() - 3_600_000)
  const late = new Promise((resolve) => setTimeout(resolve, 1_000, 'late'))
  expect(await Promise.race([pause, late])).toBe('over')
})
