/**
 * SIGKILL while people write, twenty times: what was acknowledged is there afterwards, once. With the portal alone killed,
 * and with the portal and its PostgreSQL killed.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LiveWriter } from '../harness/live-writer'
import { type Account, freePort, type PortalProcess, signIn, startPortal } from '../harness/portal-process'

const ROUNDS = 20
const WRITERS = 5

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A document of Kenya, made by the product's own import. Out: its id, which is its channel's. */
async function makeDocument(origin: string, cookie: string): Promise<string> {
  const form = new FormData()
  form.set('file', new File(['# Crash test\n\nA text.'], 'crash.md'))
  form.set('title', 'Crash test')
  form.set('marking', 'restricted')
  const response = await fetch(`${origin}/documents/import.data`, {
    method: 'POST',
    headers: { origin, cookie },
    body: form,
  })
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(await response.text())?.[0]
  if (!id) throw new Error(`no document was made: ${response.status}`)
  return id
}

const until = async (what: () => boolean, why: string) => {
  const end = Date.now() + 60_000
  while (!what()) {
    if (Date.now() > end) throw new Error(why)
    await pause(20)
  }
}

test('no acknowledged edit is lost, none is stored twice', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-crash-'))
  const port = await freePort()
  let portal: PortalProcess = await startPortal(folder, { port })
  try {
    const accounts = await portal.accounts()
    const kenya = accounts.find(
      (account: Account) => account.role === 'head' && account.organization === 'Kenya',
    )
    if (!kenya) throw new Error('there is no head of Kenya')
    const cookie = await signIn(portal.origin, kenya)
    const channel = await makeDocument(portal.origin, cookie)
    const writers = Array.from(
      { length: WRITERS },
      (_, index) => new LiveWriter(`crash-writer-${index}`, channel),
    )
    for (const writer of writers) writer.connect(portal.origin, cookie)
    const typing = setInterval(() => {
      // A person does not outrun the network for ever: at most a page of unsent work each.
      for (const writer of writers) if (writer.pending < 500) writer.write()
    }, 10)

    const acknowledgedBefore = () => writers.reduce((sum, writer) => sum + writer.acknowledged.size, 0)
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = acknowledgedBefore()
      await until(() => acknowledgedBefore() > before + 20, `nothing was acknowledged in round ${round}`)
      await pause(Math.random() * 400)
      if (round % 2 === 1) process.kill(await portal.databasePid(), 'SIGKILL')
      await portal.end('SIGKILL')
      portal = await startPortal(folder, { port })
    }
    clearInterval(typing)
    await until(() => writers.every((writer) => writer.pending === 0), 'the last edits were not acknowledged')

    const reader = new LiveWriter('crash-reader-1', channel)
    reader.connect(portal.origin, cookie)
    const acts = reader.doc.getMap('acts')
    const acknowledged = writers.flatMap((writer) => [...writer.acknowledged])
    await until(
      () => acts.size >= acknowledged.length,
      `of ${acknowledged.length} acknowledged edits ${acts.size} are there`,
    )
    const lost = acknowledged.filter((key) => !acts.has(key))
    process.stdout.write(
      `${acknowledged.length} edits acknowledged over ${ROUNDS} kills, ${lost.length} lost\n`,
    )
    expect(lost).toEqual([])
    expect(acts.size).toBe(acknowledged.length)
    const vectors = [reader, ...writers].map((writer) => Buffer.from(Y.encodeStateVector(writer.doc)).length)
    expect(new Set(vectors).size).toBe(1)
    for (const writer of [...writers, reader]) writer.close()
  } finally {
    await portal.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
})

test('a stop by SIGTERM loses nothing and ends by itself', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-stop-'))
  const port = await freePort()
  let portal = await startPortal(folder, { port })
  try {
    const kenya = (await portal.accounts()).find(
      (account) => account.role === 'head' && account.organization === 'Kenya',
    )
    if (!kenya) throw new Error('there is no head of Kenya')
    const cookie = await signIn(portal.origin, kenya)
    const writer = new LiveWriter('stop-writer-1', await makeDocument(portal.origin, cookie))
    writer.connect(portal.origin, cookie)
    const typing = setInterval(() => writer.write(), 5)
    await until(() => writer.acknowledged.size > 20, 'nothing was acknowledged')
    expect(await portal.end('SIGTERM')).toBe(0)
    portal = await startPortal(folder, { port })
    await pause(300)
    clearInterval(typing)
    await until(() => writer.pending === 0, 'the last edits were not acknowledged')
    writer.close()
  } finally {
    await portal.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
})
