/**
 * 300 people of 60 delegations in one session: `npm run bench:session`, with the build already there. The portal runs
 * alone on one core, the 300 connections on the other; PostgreSQL, which is the portal's only company, runs on both.
 * Prints what it measured and writes SESSION.md.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import type { SessionActInput } from '../../app/domain/session/acts'
import { decodeEvent } from '../../app/domain/session/events'
import { fold } from '../../app/domain/session/fold'
import { EMPTY_SESSION } from '../../app/domain/session/model'
import { unpackState } from '../../app/domain/session/packed'
import { connect } from '../../db/connection'
import { migrate } from '../../db/migrate'
import { ensureOrganizations } from '../../db/seed/accounts'
import { ensureGroups } from '../../db/seed/groups'
import { seedDirectory } from '../../db/seed/seed'
import { startEmbedded } from '../../server/postgres/embedded'
import { freePort, startPortal } from '../harness/portal-process'
import { cpuOf } from './engine/run'
import { Hall } from './session/hall'
import { Meeting } from './session/meeting'
import { type Crowd, DELEGATIONS, seedCrowd } from './session/people'

const PORTAL_CORE = 0
const HALL_CORE = 1
const ACTS = Number(process.env.ACTS ?? 200)
/** The chair acts so often, while delegations raise and lower their hands as often. ms. */
const EVERY_MS = 250
const VOTES = Number(process.env.VOTES ?? 10)
const JOINS = 100
const EVENTS = Number(process.env.EVENTS ?? 5000)

const folder = await mkdtemp(path.join(tmpdir(), 'forge-session-'))
const database = await startEmbedded({ folder, log: pino({ level: 'silent' }) })
const db = connect(database.url, () => {})
try {
  await migrate(database.url)
  await seedDirectory(db)
  await ensureOrganizations(db)
  await ensureGroups(db)
  const crowd = await seedCrowd(db)
  process.stdout.write('Two sessions are held …\n')
  const short = await Meeting.announce(db, crowd, 'First session')
  const opened = await short.open(crowd)
  const long = await Meeting.announce(db, crowd, 'Four hours')
  await long.open(crowd)
  const events = await long.goOn(crowd, EVENTS)
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const portal = await startPortal(path.join(folder, 'portal'), {
    port,
    env: {
      ...{ DATABASE_URL: database.url, ORIGIN: origin, LOG_LEVEL: 'error', TRUST_PROXY: '1' },
      AUTH_SECRET: 'a secret for the bench, of more than 32 characters',
    },
  })
  try {
    process.stdout.write('300 people sign in …\n')
    const hall = await Hall.enter(origin, crowd.people)
    pin(portal.pid, PORTAL_CORE)
    pin(process.pid, HALL_CORE)
    const stage = { crowd, hall, portal: portal.pid }
    await hall.joinAll(short.id, opened)
    const rows = [
      ...(await acts(stage, short)),
      ...(await votes(stage, short)),
      ...(await joins(stage, long, events)),
    ]
    hall.leave()
    await report(rows)
  } finally {
    await portal.end()
  }
} finally {
  await db.$client.end()
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

type Stage = { crowd: Crowd; hall: Hall; portal: number }

function pin(pid: number, core: number): void {
  spawnSync('taskset', ['-a', '-cp', String(core), String(pid)])
}

/** The chair's acts, each until all 300 have it, while others raise and lower their hands. */
async function acts({ crowd, hall, portal }: Stage, short: Meeting): Promise<string[]> {
  const [chair = 0, ...speakers] = seatsOf(crowd, hall)
  const warmUp = 40
  const reached: number[] = []
  const answered: number[] = []
  let cpu = 0
  for (let nth = 0; nth < ACTS + warmUp; nth++) {
    if (nth === warmUp) cpu = cpuOf(portal)
    const beside = hand(hall, speakers[nth % speakers.length] ?? chair, short)
    await sleep(EVERY_MS * Math.random())
    const act: SessionActInput = { act: nth % 2 ? 'open_queue' : 'close_queue' }
    const asked = performance.now()
    const seq = await hall.act(chair, short.id, act)
    const answer = performance.now() - asked
    const times = await hall.shown(seq)
    if (nth >= warmUp) {
      reached.push(...times.map((at) => at - asked))
      answered.push(answer)
    }
    await beside
  }
  const perAct = (cpuOf(portal) - cpu) / (ACTS * 3)
  return [
    row('An act of the chair reaches all 300, from the chair’s request', reached, '95 % < 200 ms'),
    row('The same until the chair has the answer', answered, ''),
    `| CPU of the portal for an act, with all that it tells 300 people | ${ms(perAct)} | | | |`,
  ]
}

/** A point of order is raised and taken back, which works with the list of speakers open or closed. */
async function hand(hall: Hall, nth: number, short: Meeting): Promise<void> {
  await hall.act(nth, short.id, {
    act: 'raise_hand',
    kind: 'point_of_order',
    reason: 'On the order of items.',
  })
  const raised = (await short.state()).hands.find(({ userId }) => userId === hall.seats[nth]?.actor.userId)
  await hall.act(nth, short.id, { act: 'lower_hand', handId: raised?.id ?? 'none' })
}

/** Sixty heads vote at once, and the chair closes the vote. */
async function votes({ crowd, hall, portal }: Stage, short: Meeting): Promise<string[]> {
  const seats = seatsOf(crowd, hall)
  const [chair = 0] = seats
  const [cast, closed, whole]: number[][] = [[], [], []]
  let cpu = 0
  for (let nth = 0; nth < VOTES; nth++) {
    await short.motion(crowd.heads)
    const motionId = (await short.state()).motions.at(-1)?.id ?? ''
    await hall.act(chair, short.id, {
      ...{ act: 'open_vote', motionId, method: 'roll_call', majority: 'simple', base: 'voting' },
    })
    const before = cpuOf(portal)
    const started = performance.now()
    await Promise.all(
      seats.map((seat, at) =>
        hall.act(seat, short.id, { act: 'vote', motionId, choice: at % 3 ? 'yes' : 'no' }),
      ),
    )
    const all = performance.now()
    const seq = await hall.act(chair, short.id, { act: 'close_vote', motionId })
    const shown = Math.max(...(await hall.shown(seq)))
    cpu += cpuOf(portal) - before
    const { result } = (await short.state()).motions.at(-1) ?? {}
    if (Object.keys(result?.roll ?? {}).length !== DELEGATIONS) throw new Error('a vote was lost')
    cast?.push(all - started)
    closed?.push(shown - all)
    whole?.push(shown - started)
  }
  return [
    row('60 delegations vote at the same moment, until the last has the answer', cast ?? [], ''),
    row('The chair closes the vote, until all 300 have the result', closed ?? [], ''),
    row('Both: a vote of 60 closes and shows', whole ?? [], 'all < 1000 ms'),
    `| CPU of the portal for all of it | ${ms(cpu / VOTES)} | | | |`,
  ]
}

/** People come one by one into the session of four hours, and then all at once, as after a cut line. */
async function joins({ hall, portal }: Stage, long: Meeting, events: number): Promise<string[]> {
  const alone: number[] = []
  const folded: number[] = []
  let bytes = 0
  for (let nth = 0; nth < 20; nth++) await hall.join(nth, long.id)
  const before = cpuOf(portal)
  for (let nth = 0; nth < JOINS; nth++) {
    const asked = performance.now()
    const reply = await hall.join(nth % hall.seats.length, long.id)
    const came = performance.now()
    if (!reply.ok || !reply.snapshot?.data) throw new Error('one answer was not enough')
    const { snapshot, entries, head } = reply
    let state = snapshot.data ? unpackState(snapshot.data) : EMPTY_SESSION
    for (const [, , , data] of entries) {
      const event = decodeEvent(data)
      if (event) state = fold(state, event)
    }
    if ((entries.at(-1)?.[0] ?? snapshot.seq) !== head || state.items.length === 0)
      throw new Error('one answer was not enough')
    alone.push(came - asked)
    folded.push(performance.now() - came)
    bytes = (snapshot.data?.length ?? 0) + entries.reduce((sum, [, , , data]) => sum + data.length, 0)
  }
  const cpu = (cpuOf(portal) - before) / JOINS
  const together = performance.now()
  const times = await Promise.all(
    hall.seats.map(async (_, nth) => {
      const reply = await hall.join(nth, long.id)
      if (!reply.ok || !reply.snapshot?.data) throw new Error('one answer was not enough')
      return performance.now() - together
    }),
  )
  const pages: number[] = []
  for (let nth = 0; nth < JOINS / 2; nth++) {
    const asked = performance.now()
    await hall.page(nth, `/sessions/${long.id}/room`)
    pages.push(performance.now() - asked)
  }
  return [
    row(
      `Joining after ${events.toLocaleString('en')} events (${(bytes / 1024).toFixed(0)} KiB), one round trip`,
      alone,
      'all < 300 ms',
    ),
    `| CPU of the portal for it | ${ms(cpu)} | | | |`,
    row('What the browser does with the answer', folded, ''),
    row('All 300 join at the same moment', times, ''),
    row('The room’s page before it', pages, ''),
  ]
}

/** Where the heads sit, the chair's first. */
function seatsOf({ heads }: Crowd, { seats }: Hall): number[] {
  return heads.map(({ userId }) => seats.findIndex(({ actor }) => actor.userId === userId))
}

function row(what: string, times: readonly number[], goal: string): string {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (q: number) =>
    ms(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN)
  const line = `| ${what} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${goal} |`
  process.stdout.write(`${line}\n`)
  return line
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0)
}

async function report(rows: readonly string[]): Promise<void> {
  const lines = [
    '# 300 people in one session',
    '',
    `Made by \`npm run bench:session\`: ${DELEGATIONS} delegations of five people, each with an account, a sign-in and a`,
    'WebSocket of their own; acts go over HTTP as the room’s script sends them. The portal as it is built runs alone on one',
    'core, the people on the other; PostgreSQL 18 uses both. The sessions were held by the verbs that people’s acts go',
    'through. ms.',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}, ${ACTS} acts of the chair with twice as many of others beside them, ${VOTES} votes, ${JOINS} joins`,
    '',
    '| | p50 | p95 | longest | goal |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ]
  await writeFile(new URL('./SESSION.md', import.meta.url), lines.join('\n'))
}
