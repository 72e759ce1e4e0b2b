import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const alias = { '~': fileURLToPath(new URL('./app', import.meta.url)) }

// Of the tests with real processes; machines are shared and noisy. What passed only then is named at the end of `npm test`.
const retry = 1

/** Each takes longer than a fair share: begun first, so that the workers end together. */
const LONG = ['crash', 'nodes', 'away', 'money-triples', 'case-triples', 'postgres'].map(
  (name) => `/${name}.test.ts`,
)

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      LONG.findIndex((name) => moduleId.endsWith(name)) + 1 || LONG.length + 1
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
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
