/**
 * What the pages of a large portal cost their loaders: `npm run bench:pages`. Seeds a database of its own, or goes on with
 * the one that `DATABASE_URL` names and `npm run seed:large` filled, then asks each query as the page does and writes the
 * medians and the number of statements to PAGES.md.
 */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import { pipelineWish } from '../../app/domain/pipeline'
import { PORTAL_KINDS, type PortalKind } from '../../app/domain/portal-link'
import { ceilingFrom } from '../../app/domain/supply-wish'
import { proposalCase } from '../../db/queries/cases'
import { deskOf } from '../../db/queries/desk'
import { askPage, facilityList, projectMoney, requestPage } from '../../db/queries/financing'
import { groupList } from '../../db/queries/groups'
import { mentionedIn } from '../../db/queries/mentioned-in'
import { mineralPage } from '../../db/queries/minerals'
import { partnerOf } from '../../db/queries/partners'
import { draftRequests, pipelinePage } from '../../db/queries/pipeline'
import {
  ASKS_A_PAGE,
  pipelineCards,
  pipelineInstitutions,
  pipelineSums,
  pipelineTable,
} from '../../db/queries/pipeline-asks'
import { pipelineFunnel, pipelineTimes } from '../../db/queries/pipeline-times'
import { committedByProject } from '../../db/queries/project-committed'
import { projectsOfPartner } from '../../db/queries/project-lines'
import { projectPage } from '../../db/queries/project-page'
import { listProjects, projectSites } from '../../db/queries/projects'
import { listProposals } from '../../db/queries/proposals'
import { queueRows } from '../../db/queries/queue'
import { search } from '../../db/queries/search'
import { decisionList, silenceList } from '../../db/queries/silence'
import { actsWaiting } from '../../db/queries/waiting'
import { proposals } from '../../db/schema'
import { financingAsks, financingRequests } from '../../db/schema/financing'
import { seedLarge } from './large'
import { LARGE, openLarge } from './large-portal'

const TIMES = 15

const { parts, close } = await openLarge(process.env.DATABASE_URL)
try {
  const before = performance.now()
  const { head, coordinator, banker } = await seedLarge(parts, LARGE, (line) =>
    process.stdout.write(`${line}\n`),
  )
  const seeded = (performance.now() - before) / 1000
  const { db } = parts
  await db.execute('analyze')
  let statements = 0
  db.$client.query = new Proxy(db.$client.query, {
    apply(query, _, args) {
      statements++
      return Reflect.apply(query, db.$client, args)
    },
  })
  const all = {
    ...{ search: null, mineral: null, stage: null, partner: null, state: null, corroboration: null },
    ...{ sort: 'title' as const, page: 1 },
  }
  const [mine] = await db
    .select({ id: proposals.id })
    .from(proposals)
    .where(eq(proposals.leadDelegationId, head.organization.id))
  const [paid] = await db
    .select({
      askId: financingAsks.id,
      requestId: financingRequests.id,
      projectId: financingRequests.projectId,
    })
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .where(
      and(
        eq(financingRequests.leadDelegationId, head.organization.id),
        eq(financingAsks.stage, 'disbursing'),
      ),
    )
  /** Of a kind, what most texts link to that an actor may read. */
  const mostMentioned = async (kind: PortalKind, actor: Actor) => {
    const isTheirs =
      actor === head ? sql`lead_delegation_id = ${head.organization.id}` : sql`state <> 'draft'`
    const { rows } = await db.execute<{ id: string }>(
      sql`select substr(ref, ${kind.length + 2}) as id
          from document_links join proposals using (document_id), unnest(refs) ref
          where ref like ${`${kind}:%`} and ${isTheirs} group by ref order by count(*) desc limit 1`,
    )
    return rows[0]?.id ?? ''
  }
  const noCeiling = ceilingFrom(new URLSearchParams())
  const every = { stage: null, institution: null, projectId: null }
  const wish = pipelineWish(new URLSearchParams())
  const queue = { search: null, state: null, late: false }
  /** An object's page reads the texts that link to it, of which there are some, besides its own. */
  const mentionPages: [name: string, load: () => Promise<unknown>][] = []
  for (const actor of [head, coordinator]) {
    const own: Record<PortalKind, (id: string) => Promise<unknown>> = {
      project: (id) => projectPage(db, actor, id),
      partner: (id) => Promise.all([partnerOf(db, id), projectsOfPartner(db, actor, id)]),
      mineral: (id) =>
        Promise.all([
          mineralPage(db, actor, id, noCeiling),
          listProjects(db, actor, { ...all, mineral: id }),
        ]),
      decision: async () => {},
    }
    for (const kind of PORTAL_KINDS) {
      const id = await mostMentioned(kind, actor)
      const { total } = await mentionedIn(db, actor, { kind, id })
      if (total === 0) throw new Error(`nothing that ${actor.organization.name} may read mentions a ${kind}`)
      const of = actor === head ? 'a delegation' : 'a coordinator'
      mentionPages.push([
        `a ${kind} and what mentions it (${total}), ${of}`,
        () => Promise.all([own[kind](id), mentionedIn(db, actor, { kind, id })]),
      ])
    }
  }
  const pages: [name: string, load: () => Promise<unknown>][] = [
    ['projects, first page', () => listProjects(db, head, all)],
    ['projects, by a mineral', () => listProjects(db, head, { ...all, mineral: 'cobalt' })],
    ['projects, by words', () => listProjects(db, head, { ...all, search: 'refining' })],
    ['projects on the map', () => projectSites(db, head, all)],
    ['proposals, of a delegation', () => listProposals(db, head, { search: null, state: null, page: 1 })],
    [
      'proposals, of a coordinator',
      () => listProposals(db, coordinator, { search: null, state: null, page: 1 }),
    ],
    ['desk of a delegation', () => deskOf(db, head)],
    ['desk of a coordinator', () => deskOf(db, coordinator)],
    ['what waits', () => actsWaiting(db, head)],
    ['queue of the coordinators', () => queueRows(db, coordinator, queue)],
    ['queue, late ones', () => queueRows(db, coordinator, { ...queue, late: true })],
    ...mentionPages,
    ['where a proposal stands', () => proposalCase(db, head, mine?.id ?? '')],
    ...[head, coordinator, banker].flatMap((actor): [string, () => Promise<unknown>][] => {
      const of = `, ${actor.organization.kind === 'secretariat' ? 'a coordinator' : `a head of ${actor.organization.kind === 'institution' ? 'an institution' : 'a delegation'}`}`
      const now = new Date()
      return [
        [
          `financing, first page${of}`,
          () => Promise.all([pipelinePage(db, actor, every, 1), draftRequests(db, actor)]),
        ],
        [`financing, a late page${of}`, () => pipelinePage(db, actor, every, 7)],
        [
          `pipeline, board${of}`,
          () => Promise.all([pipelineSums(db, actor, wish), pipelineCards(db, actor, wish, now)]),
        ],
        [
          `pipeline, table${of}`,
          () =>
            Promise.all([
              pipelineSums(db, actor, wish),
              pipelineTable(db, actor, wish, { page: 1, size: ASKS_A_PAGE, now }),
            ]),
        ],
        [
          `pipeline, charts${of}`,
          () => Promise.all([pipelineFunnel(db, actor, wish), pipelineTimes(db, actor, wish, now)]),
        ],
        [`pipeline, what is stuck${of}`, () => pipelineSums(db, actor, { ...wish, stuck: true })],
        [`pipeline, names of sources${of}`, () => pipelineInstitutions(db, actor)],
      ]
    }),
    ['a financing request', () => requestPage(db, head, paid?.requestId ?? '')],
    ['an ask that is paid', () => askPage(db, head, paid?.askId ?? '')],
    ['a project’s money', () => projectMoney(db, head, paid?.projectId ?? '')],
    ['facilities', () => facilityList(db, coordinator)],
    [
      'projects on the map, by committed money',
      () => Promise.all([projectSites(db, coordinator, all), committedByProject(db, coordinator)]),
    ],
    ['working groups', () => groupList(db, head)],
    ['decisions', () => Promise.all([decisionList(db, head), silenceList(db, head)])],
    ...['cobalt', 'minerals', 'price floor', 'refining Kenya', 'zzzz'].map(
      (text): [string, () => Promise<unknown>] => [
        `search “${text}”, a delegation`,
        () => search(db, head, { text, kind: null }),
      ],
    ),
    ['search “cobalt”, a coordinator', () => search(db, coordinator, { text: 'cobalt', kind: null })],
  ]
  const rows: string[] = []
  for (const [name, load] of pages) {
    for (let i = 0; i < 3; i++) await load()
    const took: number[] = []
    statements = 0
    for (let i = 0; i < TIMES; i++) {
      const start = performance.now()
      await load()
      took.push(performance.now() - start)
    }
    took.sort((a, b) => a - b)
    const median = took[Math.floor(TIMES / 2)] ?? 0
    rows.push(`| ${name} | ${median.toFixed(1)} | ${(took.at(-1) ?? 0).toFixed(1)} | ${statements / TIMES} |`)
    process.stdout.write(`${rows.at(-1)}\n`)
  }
  const lines = [
    '# Pages of a large portal',
    '',
    `Made by \`npm run bench:pages\`: ${LARGE.projects.toLocaleString('en')} projects, ${LARGE.proposals.toLocaleString('en')} proposals with text, ${LARGE.requests.toLocaleString('en')} financing requests, ${LARGE.people.toLocaleString('en')} people, made by the product’s own code paths${seeded > 60 ? ` in ${seeded.toFixed(0)} s` : ''}. Each query as its page asks it, ${TIMES} times, on ${process.env.DATABASE_URL ? 'a PostgreSQL beside it, filled before' : 'the embedded PostgreSQL'}.`,
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}`,
    '',
    '| page | median, ms | most, ms | statements |',
    '|---|---|---|---|',
    ...rows,
    '',
  ]
  await writeFile(new URL('./PAGES.md', import.meta.url), lines.join('\n'))
} finally {
  await close()
}
