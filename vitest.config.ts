import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '~': fileURLToPath(new URL('./app', import.meta.url)) }

// Of the tests with real processes; machines are shared and noisy. What passed only then is named at the end of `npm test`.
const retry = 1

export default defineConfig({
  test: {
    // Two cores: more would only take turns.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{app,server,db}/**/*.test.{ts,tsx}', 'test/unit/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/harness/cluster.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/harness/cluster.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          retry,
        },
      },
    ],
  },
})
