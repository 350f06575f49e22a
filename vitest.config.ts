import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**']

// On a CI machine that others load as well, a test with real servers may run into its time once; it is reported as retried.
const retry = process.env.CI === undefined ? 0 : 1

// They wait for servers more than they compute: by vitest's own count a machine of two cores would run them one by one.
const WAITING_WORKERS = 3

// These talk to the broker in ways that differ between 3.x and 4.x: they run on both.
const onRabbitmq4 = [
  'libs/infrastructure/src/queue/{topology,queue-removal,balance,backpressure,broker-faults,broker-killed,consumer-replaced,missing-records,event-consumer,consumer-retry,publisher,broker-access,parking}.int.test.ts',
]

// Each of them keeps two cores busy, and some of them measure how soon something happens.
const busy = ['e2e/faults/*.e2e.test.ts', 'e2e/balance.e2e.test.ts']

// The suffix of a test file picks its project: *.test.ts does no I/O, *.int.test.ts talks to one real backend,
// *.e2e.test.ts starts processes. Of these last the busy ones make a project of their own.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{libs,services,cli,scripts}/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: [...exclude, '**/*.int.test.ts', '**/*.e2e.test.ts'],
          // Without I/O they share nothing that one could spoil for another: a fourth of the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'int',
          include: ['{libs,services,cli,scripts}/**/*.int.test.ts'],
          exclude,
          globalSetup: ['libs/testkit/src/vitest-backends.ts'],
          retry,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: WAITING_WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'rabbitmq4',
          include: onRabbitmq4,
          exclude,
          globalSetup: ['libs/testkit/src/vitest-backends.ts', 'libs/testkit/src/vitest-rabbitmq4.ts'],
          env: { HLSTATS_TEST_ON_RABBITMQ: process.env.HLSTATS_TEST_RABBITMQ_RELEASE ?? '4' },
          retry,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: WAITING_WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: [...exclude, ...busy],
          globalSetup: ['libs/testkit/src/vitest-backends.ts'],
          retry,
          testTimeout: 300_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'faults',
          include: busy,
          exclude,
          globalSetup: ['libs/testkit/src/vitest-backends.ts'],
          retry,
          testTimeout: 300_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
