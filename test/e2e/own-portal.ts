/** People of a portal of the test's own, whose time the test lets pass: a deadline of days comes within it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type MovedPortal, startMovedPortal } from '../harness/moved-clock'
import { test as base } from './fixtures'

type Own = { folder: string; portal: MovedPortal }

export const test = base.extend<{ own: Own }>({
  own: async ({ browser: _browser }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'forge-e2e-own-'))
    try {
      const portal = await startMovedPortal(folder)
      await use({ folder, portal })
      await portal.end()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
  baseURL: ({ own }, use) => use(own.portal.origin),
  accountsFile: ({ own }, use) => use(path.join(own.folder, 'accounts.json')),
})
