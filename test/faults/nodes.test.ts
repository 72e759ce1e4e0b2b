/**
 * Ten people write three documents over two nodes, through a proxy without sticky sessions, while something breaks.
 * After each fault every replica is equal, whatever was written is in the log once, and nobody reloaded anything. The
 * time until everybody's next word is saved and seen by all is printed. `LONG_FAULTS=1` takes the times of real life.
 */
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ACCOUNT_HEADER, type KeepAside } from '../../app/collab/keep-aside'
import { type Client, Crowd, print } from '../harness/crowd'
import { nodeClock } from '../harness/moved-clock'
import type { NodeCluster } from '../harness/node-cluster'
import { signIn } from '../harness/portal-process'
import { hasRedis } from '../harness/redis-process'

const LONG = Boolean(process.env.LONG_FAULTS)
const CUT_MS = LONG ? 60_000 : 20_000
const REDIS_AWAY_MS = 10_000
const FROZEN_MS = 15_000
/** A node looks by itself whether rights still hold, once in a minute: what is told by another comes well before. */
const TOLD_MS = 10_000

let crowd: Crowd
let cluster: NodeCluster

if (!hasRedis) process.stdout.write('Two nodes are not tested: there is no redis-server on PATH.\n')

describe.skipIf(!hasRedis)('ten people, three documents, two nodes', () => {
  beforeAll(async () => {
    crowd = await Crowd.start()
    cluster = crowd.cluster
  }, 180_000)

  afterEach(() => {
    cluster.proxy.calm()
  })

  afterAll(() => crowd?.stop())

  test('[R29] nothing is wrong: what is written on one node is seen on the other', async () => {
    await crowd.during('nothing wrong', async () => sleep(2000))
  })

  test('[R30] one list of people; those of a node that dies leave it', async () => {
    const here = crowd.in(0)
    const allSee = (seers: readonly Client[], count: number) => () =>
      seers.every(({ document }) => document.people.get().length === count)
    await crowd.until('each sees all', allSee(here, here.length))
    // Whoever was on the node that dies may not come back at once: they would be seen again.
    const dies = crowd.clientsOf(0)
    const stay = here.filter((client) => !dies.includes(client))
    expect(stay.length).toBeGreaterThan(0)
    expect(stay.length).toBeLessThan(here.length)
    for (const { name } of dies) cluster.proxy.hold(name)
    const started = performance.now()
    await cluster.node(0).portal.end('SIGKILL')
    await crowd.until('the dead have left', allSee(stay, stay.length))
    print('people of a killed node leave the list', performance.now() - started)
    for (const { name } of dies) cluster.proxy.heal(name)
    await cluster.startAgain(0)
    await crowd.until('each sees all again', allSee(here, here.length))
  })

  test('[R11] [R14] a node is killed', async () => {
    await crowd.during('SIGKILL of a node', async () => {
      await cluster.node(0).portal.end('SIGKILL')
    })
    await cluster.startAgain(0)
    await crowd.spread()
  })

  test('[R14] PostgreSQL is restarted', async () => {
    await crowd.during('PostgreSQL restarted', async () => {
      process.kill(cluster.database.pid(), 'SIGINT')
    })
  })

  test('[R14] PostgreSQL is killed', async () => {
    await crowd.during('SIGKILL of PostgreSQL', async () => {
      process.kill(cluster.database.pid(), 'SIGKILL')
    })
  })

  test('[R29] Redis is away: everybody goes on, and sees the other node’s words a little later', async () => {
    await crowd.during(`Redis away for ${REDIS_AWAY_MS / 1000} s`, async () => {
      await cluster.redis.stop()
      try {
        const enough = performance.now() + REDIS_AWAY_MS
        // A node stops and starts without it, too.
        await endsInOrder(1)
        await cluster.startAgain(1)
        await crowd.spread()
        const took: number[] = []
        while (performance.now() < enough || took.length < 2) took.push(await crowd.word())
        print('  meanwhile a word is with everybody', ...took)
      } finally {
        await cluster.redis.start()
      }
    })
    await crowd.until(
      'the nodes hear each other',
      async () => (await metric(0)) === 1 && (await metric(1)) === 1,
    )
  })

  test('[R16] [R29] a node is frozen', async () => {
    await crowd.during(`a node frozen for ${FROZEN_MS / 1000} s`, async () => {
      const { pid } = cluster.node(1).portal
      process.kill(pid, 'SIGSTOP')
      try {
        const thawed = performance.now() + FROZEN_MS
        const others = crowd.clients.filter((client) => !crowd.clientsOf(1).includes(client))
        const took: number[] = []
        while (performance.now() < thawed) took.push(await crowd.word(others))
        print('  meanwhile a word at the other node is with everybody there', ...took)
      } finally {
        process.kill(pid, 'SIGCONT')
      }
    })
  })

  test('a client is cut off while the others write', async () => {
    await crowd.during(`a client cut off for ${CUT_MS / 1000} s`, async () => {
      cluster.proxy.cut('client-4')
      await sleep(CUT_MS)
      cluster.proxy.heal('client-4')
    })
  })

  test('frames come twice, late and in another order', async () => {
    const before = cluster.proxy.messed
    for (const { name } of crowd.clients.slice(0, 6)) {
      cluster.proxy.mess(name, { repeat: 0.3, reorder: 0.3, delay: 40, random: crowd.random })
      cluster.proxy.drop(name)
    }
    await crowd.during('frames twice and reordered', async () => sleep(5000))
    process.stdout.write(`  ${cluster.proxy.messed - before} frames\n`)
    expect(cluster.proxy.messed - before).toBeGreaterThan(20)
    for (const { name } of crowd.clients) {
      cluster.proxy.mess(name, null)
      cluster.proxy.drop(name)
    }
  })

  test('[R18] a rolling restart', async () => {
    await crowd.during('a rolling restart', async () => {
      for (const nth of [0, 1]) {
        await endsInOrder(nth)
        await cluster.startAgain(nth)
      }
    })
  })

  test('[R9] the clock of a node jumps', async () => {
    await cluster.node(0).portal.end('SIGTERM')
    const clock = await nodeClock(path.join(cluster.folder, 'clock'))
    cluster.more.set(0, clock.env)
    await cluster.startAgain(0)
    await crowd.spread()
    for (const hours of [1, -1]) {
      await crowd.during(`the clock jumps by ${hours} h`, async () => {
        await clock.move(hours * 3_600_000)
        await sleep(1500)
      })
      await clock.move(0)
    }
  })

  test('[R23] a right taken away ends on both nodes; what was written offline before is kept aside', async () => {
    const japan = cluster.account('head', 'Japan')
    const [cookie, account] = [await signIn(cluster.origin, japan), await crowd.userOf(japan.email)]
    const channel = crowd.channels[2] ?? ''
    const { rows } = await crowd.database.query<{ id: string }>(
      "select id from organization where name = 'Japan'",
    )
    const share = (act: string) => send(`/documents/${channel}/share`, { act, ...invited })
    const invited = { delegationId: rows[0]?.id ?? '', level: 'write' }
    await share('grant')
    const pages = [0, 1].map((nth) => crowd.open(at(nth), { cookie }, channel, account))
    const away = { name: 'away', headers: { cookie, ...cluster.proxy.headers('away') } }
    const keepAside: KeepAside = async (_, id, updates) => {
      const headers = { cookie, origin: cluster.origin, [ACCOUNT_HEADER]: account }
      const answer = await fetch(`${cluster.origin}/documents/${id}/aside`, {
        method: 'POST',
        headers,
        body: updates as Uint8Array<ArrayBuffer>,
      })
      expect(answer.status).toBe(200)
      return answer.json()
    }
    const offline = crowd.open(cluster.origin, away.headers, channel, account, keepAside)
    const all = [...pages, offline]
    await crowd.until('they may write', () =>
      all.every(({ document }) => document.access.get() === 'write' && document.status.get().synced),
    )
    for (const [nth, { document }] of pages.entries()) document.doc.getText('t').insert(0, `page ${nth} `)
    await crowd.until('they are saved', () =>
      pages.every(({ document }) => document.status.get().state === 'saved'),
    )
    cluster.proxy.cut(away.name)
    await crowd.until('it is offline', () => offline.connection.state !== 'connected')
    offline.document.doc.getText('t').insert(0, 'written offline ')
    const started = performance.now()
    await share('withdraw')
    await crowd.until(
      'both pages are closed',
      () => pages.every(({ document }) => document.status.get().state === 'closed'),
      TOLD_MS,
    )
    print('a right taken away at one node has ended on both', performance.now() - started)
    cluster.proxy.heal(away.name)
    await crowd.until('it is kept aside', () => offline.document.status.get().aside?.count === 1)
    const log = await crowd.logOf(channel)
    expect(log.some(({ data }) => data.includes('page 0'))).toBe(true)
    expect(log.some(({ data }) => data.includes('written offline'))).toBe(false)
    const aside = await crowd.database.query<{ updates: Buffer }>(
      'select updates from set_aside where document_id = $1',
      [channel],
    )
    expect(aside.rows.map(({ updates }) => updates.includes('written offline'))).toEqual([true])
    for (const { connection } of all) connection.close()
    await crowd.allHolds()
  })

  test('[R23] who signs out at one node is disconnected from the other within a second', async () => {
    const reader = await signIn(cluster.origin, cluster.account('delegate'))
    const account = await crowd.userOf(cluster.account('delegate').email)
    const { connection, document } = crowd.open(at(1), { cookie: reader }, crowd.channels[0] ?? '', account)
    await crowd.until('it is open', () => document.status.get().state === 'saved')
    const started = performance.now()
    const answer = await send('/sign-out', {}, { cookie: reader, to: at(0) })
    expect(answer.status).toBe(302)
    await crowd.until('it is closed', () => connection.state !== 'connected', TOLD_MS)
    print('signed out at one node, disconnected from the other', performance.now() - started)
    await crowd.until('nobody is let in again', () => connection.state === 'signed out')
    connection.close()
  })
})

const at = (nth: number) => `http://127.0.0.1:${cluster.node(nth).port}`

/** Sends a form, by the proxy and as the head of the lead unless it is said where `to` and who else. */
async function send(
  path: string,
  form: Record<string, string>,
  { cookie = crowd.cookies[0] ?? '', to = cluster.origin } = {},
): Promise<Response> {
  const headers = { cookie, origin: cluster.origin, 'content-type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams(form)
  const answer = await fetch(`${to}${path}`, { method: 'POST', redirect: 'manual', headers, body })
  expect(answer.status, cluster.node(0).portal.output().slice(-4000)).toBeLessThan(400)
  return answer
}

/** Ends a node by SIGTERM; what it said when it does not end by itself is in the failure. */
async function endsInOrder(nth: number): Promise<void> {
  const { portal } = cluster.node(nth)
  expect(await portal.end('SIGTERM'), portal.output().slice(-4000)).toBe(0)
}

async function metric(nth: number): Promise<number> {
  const text = await (await fetch(`${at(nth)}/metrics`)).text()
  return Number(/^forge_redis_heard (\d)/m.exec(text)?.[1])
}
