/** The built portal's pages in this process, on a test's own database: forms are sent over HTTP with people's cookies. */
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { ACCOUNT_HEADER } from '../../app/collab/keep-aside'
import type { Actor } from '../../app/domain/people'
import { resolveSession } from '../../server/auth/actor'
import { serveSnapshots } from '../../server/channels/serve-snapshots'
import { loadConfig } from '../../server/config'
import { createApp } from '../../server/http/app'
import { createMetrics } from '../../server/metrics'
import { freePort } from './portal-process'
import type { Records } from './records'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Needs the people to exist: each is signed in once. */
export async function startPages(
  { db, people, channels, documents, log }: Records,
  actors: readonly Actor[],
) {
  // Up to date, this takes a moment.
  execFileSync(process.execPath, ['server/build.mjs'], { cwd: root, stdio: 'inherit' })
  const { auth, mail } = people
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const config = loadConfig({ NODE_ENV: 'production', ORIGIN: origin, DATA_DIR: people.dataDir }, [])
  const { app, close } = await createApp({
    portal: { config, log, db, auth, channels, mail, documents, objects: null },
    metrics: createMetrics().registry,
    snapshots: serveSnapshots({ channels, resolveSession: resolveSession(auth, db) }),
    health: { accepting: () => true, database: async () => true },
    root,
    development: null,
  })
  const server = app.listen(port, 'localhost')
  await new Promise((resolve) => server.once('listening', resolve))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await close()
  })
  const cookies = new Map<string, string>()
  for (const { userId, email } of actors) cookies.set(userId, await people.cookieOf(email))

  /**
   * Sends a form as the portal's pages do in somebody's browser: the page is not drawn again on the server. `letter`: what a
   * file in it says. Out: the answer's status; 202 leads to another page.
   */
  async function send(
    actor: Actor,
    page: string,
    form: Record<string, string>,
    letter?: string,
  ): Promise<number> {
    const body = letter === undefined ? new URLSearchParams(form) : new FormData()
    if (letter !== undefined) {
      for (const [name, value] of Object.entries(form)) body.append(name, value)
      if (body instanceof FormData) body.append('file', new Blob([letter]), 'letter.pdf')
    }
    return answerTo(actor, `${page}.data`, { body })
  }

  /** Sends what an open page sends beside its forms. Out: the answer's status. */
  const sendJson = (actor: Actor, path: string, body: unknown): Promise<number> =>
    answerTo(actor, path, {
      headers: { 'content-type': 'application/json', [ACCOUNT_HEADER]: actor.userId },
      body: JSON.stringify(body),
    })

  async function answerTo(actor: Actor, path: string, { headers, body }: RequestInit): Promise<number> {
    const answer = await fetch(`${origin}${path}`, {
      ...{ method: 'POST', redirect: 'manual', body },
      headers: { ...headers, cookie: cookies.get(actor.userId) ?? '', origin },
    })
    await answer.arrayBuffer()
    return answer.status
  }
  return { send, sendJson }
}
