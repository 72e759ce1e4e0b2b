/**
 * The disk of the database is full while ten people write three documents over two nodes: who cannot be saved is told so
 * on either node, nothing is acknowledged meanwhile, and all of it is saved when there is room again, without a reload.
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, Crowd } from '../harness/crowd'
import { hasRedis } from '../harness/redis-process'
import { isTmpfsPossible, mount, unmount } from '../harness/tmpfs'

/** A text that has no room where a word may still have some, as PostgreSQL cannot pack it. */
const LONG = randomBytes(300_000).toString('base64')

let disk: string
let crowd: Crowd

if (!hasRedis || !isTmpfsPossible)
  process.stdout.write(
    'A full disk is not tested: it takes redis-server on PATH, and root where small disks can be mounted.\n',
  )

describe.skipIf(!hasRedis || !isTmpfsPossible)('a full disk under two nodes', () => {
  beforeAll(async () => {
    disk = await mkdtemp(path.join(tmpdir(), 'forge-disk-'))
    mount(disk, '320m')
    const folder = path.join(disk, 'cluster')
    await mkdir(folder)
    crowd = await Crowd.start(folder)
  }, 180_000)

  afterAll(async () => {
    await crowd?.stop()
    unmount(disk)
    await rm(disk, { recursive: true, force: true })
  })

  test('[R14] Offline at both nodes, nothing acknowledged; with room again all is saved', async () => {
    const filler = path.join(disk, 'filler')
    const [ana, bob] = [crowd.clientsOf(0)[0], crowd.clientsOf(1)[0]]
    if (!ana || !bob) throw new Error('all are at one node')
    await crowd.during('a full disk', async () => {
      fill(filler)
      await fillUp(ana)
      await fillUp(bob)
      // A checkpoint of PostgreSQL gives room back.
      const filling = setInterval(() => fill(filler), 100)
      try {
        await crowd.until('neither can be saved', () => isOffline(ana) && isOffline(bob))
        for (const client of [ana, bob]) writeLong(client, `${client.name} without room`)
        const before = await failedCommits()
        await sleep(2000)
        // It is tried again meanwhile, in vain.
        await crowd.until('either node failed once more', async () =>
          (await failedCommits()).every((count, nth) => count > (before[nth] ?? Number.NaN)),
        )
      } finally {
        clearInterval(filling)
      }
      expect([ana, bob].map(isOffline)).toEqual([true, true])
      const logs = await Promise.all(crowd.channels.map((channel) => crowd.logOf(channel)))
      expect(logs.flat().some(({ data }) => data.includes('without room'))).toBe(false)
      await rm(filler)
    })
    for (const { name, document } of [ana, bob]) {
      const log = await crowd.logOf(document.channelId)
      expect(log.filter(({ data }) => data.includes(`${name} without room`)).length).toBe(1)
      expect(document.doc.getText('t').toString().split(`${name} without room`).length).toBe(2)
    }
  }, 300_000)
})

/** Takes what room there is. */
function fill(filler: string): void {
  const appending = ['oflag=append', 'conv=notrunc']
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k', ...appending], { stdio: 'ignore' })
}

/** How many commits failed at each node since it was started. */
const failedCommits = () =>
  Promise.all(
    crowd.cluster.nodes.map(async ({ port }) => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      return Number(/^forge_commits_failed_total (\d+)/m.exec(text)?.[1])
    }),
  )

const isOffline = ({ document }: Client) => {
  const { state, pending } = document.status.get()
  return state === 'offline' && pending > 0
}

const writeLong = (client: Client, text: string) =>
  client.document.doc.getText('t').insert(0, `${text} ${LONG}\n`)

/** Until one cannot be saved: the rooms that PostgreSQL has in reserve are used up first. */
async function fillUp(client: Client): Promise<void> {
  for (let nth = 0; nth < 400 && !isOffline(client); nth++) {
    writeLong(client, `${nth}`)
    const isSaved = () => client.document.status.get().state === 'saved'
    await crowd.until('a text is saved, or cannot be', () => isSaved() || isOffline(client))
  }
  expect(isOffline(client)).toBe(true)
}
