/** One portal for the run, with a data folder of its own: the accounts' passwords are read from there. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FullConfig } from '@playwright/test'
import { startPortal } from '../harness/portal-process'

export default async function setup(config: FullConfig) {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-e2e-'))
  const portal = await startPortal(folder)
  process.env.FORGE_E2E_ACCOUNTS = path.join(folder, 'accounts.json')
  process.env.FORGE_E2E_MAIL = path.join(folder, 'mail')
  process.env.FORGE_E2E_URL = portal.origin
  for (const project of config.projects) project.use.baseURL = portal.origin
  return async () => {
    await portal.end()
    await rm(folder, { recursive: true, force: true })
  }
}
