import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** The browser: named by the environment, the system's, or Playwright's own where neither is there. */
const chromium = [
  process.env.PLAYWRIGHT_CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => file && existsSync(file))

export default defineConfig({
  testDir: 'test/e2e',
  // Playwright empties its folder: the other runners' reports lie beside it.
  outputDir: 'test-results/browser',
  globalSetup: './test/e2e/global-setup.ts',
  fullyParallel: false,
  // Machines are shared and noisy; what passed only then is named at the end of `npm test`.
  retries: 1,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: process.env.FORGE_E2E_URL,
    // Recording takes as much time as the pages themselves: only the second try does.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
