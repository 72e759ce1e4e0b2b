/**
 * A secret ballot on a real portal, over its real routes, and then everything that is left of it is read: every row of
 * every table, what the portal logged at its most talkative, the write-ahead log and the database's files, which are what
 * a backup copies. Nothing there ties a delegation to its choice; a link that is planted is found. Before it, an outsider
 * and an observer try every act.
 */
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACT_NEEDS, type ActName, type SessionActInput } from '../../app/domain/session/acts'
import { draftPaper, receiptOf, unblind } from '../../app/domain/session/blind'
import { decodeEvent } from '../../app/domain/session/events'
import { foldAll } from '../../app/domain/session/fold'
import type { Choice } from '../../app/domain/session/model'
import { everyAct } from '../harness/every-act'
import {
  connectBeside,
  type PortalProcess,
  queryBeside,
  signIn,
  startPortal,
} from '../harness/portal-process'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest()
const random = (bytes: number) => randomBytes(bytes)

type Someone = { email: string; cookie: string; userId: string; delegationId: string }
type Voter = Someone & { choice: Choice; names: string[]; papers: string[] }

const VOTERS: readonly [email: string, choice: Choice][] = [
  ['head.korea@portal.example', 'no'],
  ['head.japan@portal.example', 'yes'],
  ['head.kenya@portal.example', 'yes'],
  ['head.congo@portal.example', 'abstain'],
  ['head.unitedstates@portal.example', 'yes'],
]

let folder: string
let portal: PortalProcess
let sessionId: string

beforeAll(async () => {
  execFileSync(process.execPath, ['server/build.mjs'], { cwd: root, stdio: 'inherit' })
  folder = await mkdtemp(path.join(tmpdir(), 'forge-ballot-'))
  portal = await startPortal(folder, { env: { LOG_LEVEL: 'trace' } })
}, 240_000)

afterAll(async () => {
  await portal?.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

async function enter(email: string): Promise<Someone> {
  const account = (await portal.accounts()).find((one) => one.email === email)
  if (!account) throw new Error(`no account ${email}`)
  const [found] = await queryBeside<{ userId: string; delegationId: string }>(
    folder,
    'select u.id as "userId", m.organization_id as "delegationId" from "user" u join member m on m.user_id = u.id where u.email = $1',
    [email],
  )
  return {
    email,
    cookie: await signIn(portal.origin, account),
    ...{ userId: '', delegationId: '' },
    ...found,
  }
}

/** Over the route that the room's script uses. */
async function ask(who: Someone, act: SessionActInput) {
  const reply = await fetch(`${portal.origin}/sessions/${sessionId}/act`, {
    method: 'POST',
    headers: { cookie: who.cookie, origin: portal.origin, 'content-type': 'application/json' },
    body: JSON.stringify({ key: randomUUID(), act }),
  })
  const answer: { paper?: string | null; message?: string } = await reply.json()
  return { status: reply.status, ...answer }
}

async function act(who: Someone, input: SessionActInput) {
  const answer = await ask(who, input)
  if (answer.status !== 200) throw new Error(`${input.act} by ${who.email}: ${JSON.stringify(answer)}`)
  return answer
}

async function stateNow() {
  const rows = await queryBeside<{ data: Buffer }>(
    folder,
    'select data from channel_entries where channel_id = $1 order by seq',
    [sessionId],
  )
  return foldAll(rows.flatMap(({ data }) => decodeEvent(data) ?? []))
}

async function prepare(secretary: Someone): Promise<string> {
  const [group] = await queryBeside<{ id: string }>(folder, `select id from working_groups where code = 'PG'`)
  const wall = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16)
  const reply = await fetch(`${portal.origin}/groups/${group?.id}/sessions/new`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      ...{ cookie: secretary.cookie, origin: portal.origin },
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      ...{ key: randomUUID(), title: 'Ninth session', zone: 'UTC', marking: 'group' },
      ...{ starts: wall(100), ends: wall(104) },
    }),
  })
  const id = reply.headers.get('location')?.split('/').pop()
  if (!id) throw new Error(`no session was prepared: ${reply.status}`)
  return id
}

test('nothing that is left of a secret ballot ties a delegation to its choice; outsiders and observers change nothing', async () => {
  const secretary = await enter('secretary@portal.example')
  const people = await Promise.all(VOTERS.map(([email]) => enter(email)))
  const [chair, japan] = people
  if (!chair || !japan) throw new Error('nobody presides')
  sessionId = await prepare(secretary)
  await act(secretary, { act: 'add_item', title: 'The cobalt refinery', minutes: 30 })
  await act(secretary, { act: 'announce' })
  for (const one of people) await act(one, { act: 'enter' })
  await act(chair, { act: 'open' })
  await act(chair, { act: 'open_item', itemId: (await stateNow()).items[0]?.id ?? '' })
  await act(chair, { act: 'propose', title: 'The refinery', text: 'The group endorses the refinery.' })
  const motionId = (await stateNow()).motions[0]?.id ?? ''
  await act(japan, { act: 'second', motionId })

  await triedByOthers(motionId, japan.delegationId)

  // The ballot: papers by name, then ballots without a cookie, in an order that says nothing.
  await act(chair, { act: 'open_vote', motionId, method: 'secret', majority: 'simple', base: 'voting' })
  const voters: Voter[] = []
  const sealed: { paper: string; signature: string; choice: Choice }[] = []
  for (const [nth, person] of people.entries()) {
    const choice = VOTERS[nth]?.[1] ?? 'yes'
    const box: { modulus: string } = await (
      await fetch(`${portal.origin}/sessions/${sessionId}/box/${motionId}`, {
        headers: { cookie: person.cookie },
      })
    ).json()
    const draft = draftPaper(box.modulus, random, sha256)
    const taken = await act(person, { act: 'take_paper', motionId, blinded: draft.blinded })
    const signature = unblind(draft, taken.paper ?? '', box.modulus, sha256)
    if (!signature) throw new Error('the paper is not genuine')
    sealed.push({ paper: draft.paper, signature, choice })
    voters.push({
      ...{ ...person, choice },
      names: [person.userId, person.delegationId, person.email, draft.blinded, taken.paper ?? 'none'],
      papers: [draft.paper, receiptOf(draft.paper, sha256), signature, draft.factor],
    })
  }
  await act(chair, { act: 'open_box', motionId })
  const since = await walPosition()
  for (const one of sealed.toReversed()) {
    const reply = await fetch(`${portal.origin}/ballots`, {
      method: 'POST',
      headers: { origin: portal.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ motionId, ...one }),
    })
    expect(reply.status).toBe(200)
  }
  const until = await walPosition()
  const duringRows = await everyRow()
  await act(chair, { act: 'close_vote', motionId })

  // Each voter counts: the own receipt with the own choice, and no more ballots than papers.
  const result = (await stateNow()).motions[0]?.result
  const listed = result?.ballots ?? []
  for (const { papers, choice } of voters) expect(listed).toContainEqual({ receipt: papers[1], choice })
  expect(listed).toHaveLength(VOTERS.length)
  expect(result?.counts).toEqual({ yes: 3, no: 1, abstain: 1 })
  expect(result?.roll).toBeNull()

  // Every row, during and after.
  const told = voters.flatMap(({ papers }) => papers[1] ?? [])
  expect(linksIn([...duringRows, ...(await everyRow())], voters, told)).toEqual([])
  expect(duringRows.some((row) => told.some((receipt) => row.includes(receipt)))).toBe(true)

  // The portal's own log: it says that papers came, and nothing of them or of who brought them.
  const log = portal.output()
  const lines = log.split('\n').filter((line) => line.includes('/ballots'))
  expect(lines).toHaveLength(VOTERS.length)
  for (const line of lines) expect(line).not.toMatch(/127\.0\.0\.1|::1|cookie|user/i)
  for (const { papers } of voters) for (const paper of papers) expect(log).not.toContain(paper)

  // What was written while papers came names nobody: its order is of papers alone.
  const written = await walBetween(since, until)
  for (const receipt of told) expect(written.includes(receipt), 'the ballots are in what is read').toBe(true)
  expect(namesIn(written, voters)).toEqual([])

  // The files, with rows that were deleted and not overwritten yet.
  await beside('checkpoint')
  expect(await linksInFiles(voters, told)).toEqual([])

  // A link is found, wherever it is.
  const [first] = voters
  await beside(
    `create table planted as select '${first?.userId}'::text as who, '${told[0]}'::text as receipt`,
  )
  await beside('checkpoint')
  expect(linksIn(await everyRow(), voters, told)).toHaveLength(1)
  expect((await linksInFiles(voters, told)).length).toBeGreaterThan(0)
  expect(namesIn(await walBetween(until, await walPosition()), voters)).toContain(first?.userId)
})

/** An observer, an institution and an administrator try every act over the route that the room uses. */
async function triedByOthers(motionId: string, delegationId: string) {
  const observer = await enter('delegate.canada@portal.example')
  const outsiders = [
    await enter('head.exim@portal.example'),
    await enter('administrator@portal.example'),
    { ...observer, email: 'nobody', cookie: '' },
  ]
  const counted = () =>
    queryBeside(
      folder,
      `select (select head from channels where id = $1) as head, (select count(*) from audit_entries) as audited,
        (select count(*) from session_messages) as messages, (select count(*) from session_votes) as votes,
        (select count(*) from ballot_boxes) as boxes, (select count(*) from follow_ups) as asked`,
      [sessionId],
    )
  const before = await counted()
  const tries = everyAct(motionId, (await stateNow()).items[0]?.id ?? '', 'hand', delegationId)
  const listens: readonly ActName[] = ['enter', 'leave', 'message']
  for (const name of Object.keys(ACT_NEEDS) as ActName[]) {
    const answers = await Promise.all(
      outsiders.map((one) => ask(one, tries[name]).catch(() => ({ status: 0 }))),
    )
    for (const { status } of answers) expect([0, 401, 404], name).toContain(status)
    if (!listens.includes(name)) expect((await ask(observer, tries[name])).status, name).toBe(403)
  }
  expect(await counted()).toEqual(before)
}

async function beside(text: string): Promise<void> {
  const client = await connectBeside(folder)
  await client.query(text).finally(() => client.end())
}

/** Every row of every table as text; bytes as what they say. */
async function everyRow(): Promise<string[]> {
  const tables = await queryBeside<{ name: string }>(
    folder,
    `select quote_ident(schemaname) || '.' || quote_ident(relname) as name from pg_stat_user_tables`,
  )
  const all: string[] = []
  const client = await connectBeside(folder)
  for (const { name } of tables) {
    const { rows } = await client.query<Record<string, unknown>>(`select * from ${name}`)
    for (const row of rows)
      all.push(
        Object.values(row)
          .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)))
          .join(' '),
      )
  }
  await client.end()
  return all
}

/** Rows that hold a voter's name, or what the portal saw of the voter's paper, beside a ballot; the published list is none. */
function linksIn(rows: readonly string[], voters: readonly Voter[], told: readonly string[]): string[] {
  return rows.filter((row) => {
    if (told.every((receipt) => row.includes(`"receipt":"${receipt}"`))) return false
    const names = voters.some((one) => one.names.some((name) => row.includes(name)))
    return names && voters.some(({ papers }) => papers.some((paper) => row.includes(paper)))
  })
}

const namesIn = (bytes: Buffer, voters: readonly Voter[]): string[] =>
  voters.flatMap(({ names }) => names.filter((name) => bytes.includes(name)))

type Position = { lsn: string; file: string; offset: number }

async function walPosition(): Promise<Position> {
  const [at] = await queryBeside<Position>(
    folder,
    `select l::text as lsn, (pg_walfile_name_offset(l)).file_name as file, (pg_walfile_name_offset(l)).file_offset as offset
     from pg_current_wal_flush_lsn() l`,
  )
  if (!at) throw new Error('no position in the write-ahead log')
  return at
}

/** What PostgreSQL wrote ahead between two positions, as bytes. */
async function walBetween(from: Position, to: Position): Promise<Buffer> {
  const where = path.join(folder, 'postgres/pg_wal')
  const names = (await readdir(where)).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort()
  const parts: Buffer[] = []
  for (const name of names.filter((one) => one >= from.file && one <= to.file)) {
    const bytes = await readFile(path.join(where, name))
    parts.push(bytes.subarray(name === from.file ? from.offset : 0, name === to.file ? to.offset : undefined))
  }
  return Buffer.concat(parts)
}

/** More than a row of a ballot, less than a page. */
const NEAR = 160

/** Places in the database's files where a voter's name stands beside a ballot; the published list is none. */
async function linksInFiles(voters: readonly Voter[], told: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const base = path.join(folder, 'postgres/base')
  for (const entry of await readdir(base, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    for (const receipt of told)
      for (let at = bytes.indexOf(receipt); at >= 0; at = bytes.indexOf(receipt, at + 1)) {
        if (bytes.subarray(at - 11, at).toString('latin1') === '"receipt":"') continue
        const around = bytes.subarray(Math.max(0, at - NEAR), at + NEAR)
        if (namesIn(around, voters).length > 0) found.push(`${entry.name} at ${at}`)
      }
  }
  return found
}
