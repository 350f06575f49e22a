import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**']

// On a CI machine that others load as well, a test with real servers may run into its time once; it is reported as retried.
const retry = process.env.CI === undefined ? 0 : 1

// The suffix of a test file picks its project, nothing else does: *.test.ts does no I/O, *.int.test.ts talks to
// one real backend, *.e2e.test.ts starts processes.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{libs,services,cli,scripts}/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: [...exclude, '**/*.int.test.ts', '**/*.e2e.test.ts'],
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
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude,
          globalSetup: ['libs/testkit/src/vitest-backends.ts'],
          retry,
          testTimeout: 300_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
