/** [R33] The portal, and its database, are killed in the middle of merging a log: nothing of it happened, nothing is lost. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { join, LiveReplica, openSocket } from '../harness/live-server'
import {
  freePort,
  type PortalProcess,
  queryBeside,
  signIn,
  startPortal,
  startProposal,
} from '../harness/portal-process'

const EDITS = 700

const HOLD = `
create table held (really boolean); insert into held values (true);
create function hold() returns trigger language plpgsql as $$
  begin if exists (select 1 from held) then perform pg_sleep(120); end if; return new; end $$;
create trigger hold before update of compacted on channels for each row execute function hold()`

let folder: string
let port: number
let portal: PortalProcess

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forge-compaction-'))
  port = await freePort()
  portal = await startPortal(folder, { port })
})
afterEach(async () => {
  await portal.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

test('[R33] [R7] a log that is merged, and the portal killed meanwhile', async () => {
  const cookie = await cookieOfHead()
  const channel = await startProposal(portal.origin, folder, cookie)
  const query = <Row extends Record<string, unknown>>(sql: string) => queryBeside<Row>(folder, sql, [channel])
  const first = async (sql: string) => (await query<{ is: unknown }>(sql))[0]
  const stored = () =>
    query<{ seq: number }>(
      'select seq::int, writer, ref::int, data from channel_entries where channel_id = $1 order by seq',
    )
  const ana = new LiveReplica(channel, 'writer-of-long-ago')
  const socket = await openSocket(portal.origin, { cookie })
  await ana.attach(socket)
  const sent: [number, Uint8Array][] = []
  const text = ana.doc.getText('t')
  for (let i = 0; i < EDITS; i++) {
    text.insert(text.length, `${i} `)
    sent.push(...[...ana.outbox].slice(-1))
  }
  await ana.until(() => ana.outbox.size === 0)
  socket.disconnect()
  // Written when the last has left: nothing is merged that no snapshot holds.
  await until(
    async () => (await first('select 1 as is from channel_snapshots where channel_id = $1')) !== undefined,
  )
  await query("update channel_entries set at = at - interval '1 day' where channel_id = $1")
  const before = await stored()

  // The very last step of the transaction waits: entries are gone by then, and their sum is there.
  await queryBeside(folder, HOLD)
  await portal.end('SIGKILL')
  portal = await startPortal(folder, { port })
  for (const killed of ['portal', 'database'] as const) {
    await until(
      async () =>
        (await first("select 1 as is from pg_stat_activity where wait_event = 'PgSleep' and $1 <> ''")) !==
        undefined,
    )
    if (killed === 'database') {
      await queryBeside(folder, 'delete from held')
      process.kill(await portal.databasePid(), 'SIGKILL')
    }
    await portal.end('SIGKILL')
    portal = await startPortal(folder, { port })
    expect(await stored()).toEqual(before)
    expect(await first('select 1 as is from channel_chunks where channel_id = $1')).toBeUndefined()
  }

  await until(async () => Number((await first('select compacted as is from channels where id = $1'))?.is) > 0)
  expect((await stored()).length).toBeLessThan(3)
  // What was sent long ago, and is sent again, is not stored again; who comes new has the text.
  const again = await openSocket(portal.origin, { cookie: await cookieOfHead() })
  expect(await join(again, channel, ana.writer)).toMatchObject({ ok: true, acked: EDITS })
  const head = (await first('select head as is from channels where id = $1'))?.is
  const told = new Promise<number | undefined>((resolve) => {
    again.on('entries', ({ entries }) => resolve(entries.find(([, writer]) => writer === ana.writer)?.[0]))
  })
  const [ref, data] = sent[EDITS / 2] ?? [0, new Uint8Array()]
  again.emit('append', { channel, writer: ana.writer, items: [[ref, Buffer.from(data)]] })
  expect(await told).toBe(ana.acknowledged.get(ref))
  expect((await first('select head as is from channels where id = $1'))?.is).toBe(head)
  const late = new LiveReplica(channel, 'writer-who-comes-late')
  await late.attach(again)
  expect(late.doc.getText('t').toString()).toBe(text.toString())
})

async function until(condition: () => Promise<boolean>): Promise<void> {
  const late = performance.now() + 40_000
  while (!(await condition())) {
    if (performance.now() > late) throw new Error('waited in vain')
    await sleep(100)
  }
}

async function cookieOfHead(): Promise<string> {
  const head = (await portal.accounts()).find((each) => each.role === 'head' && each.organization === 'Kenya')
  if (!head) throw new Error('no head of Kenya')
  return signIn(portal.origin, head)
}
