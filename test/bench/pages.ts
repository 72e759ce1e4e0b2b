/**
 * What the pages of a large portal cost their loaders: `npm run bench:pages`. Seeds a database of its own, then asks each
 * query as the page does and writes the medians and the number of statements to PAGES.md.
 */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { eq } from 'drizzle-orm'
import { proposalCase } from '../../db/queries/cases'
import { deskOf } from '../../db/queries/desk'
import { groupList } from '../../db/queries/groups'
import { listProjects, projectSites } from '../../db/queries/projects'
import { listProposals } from '../../db/queries/proposals'
import { queueRows } from '../../db/queries/queue'
import { search } from '../../db/queries/search'
import { decisionList, silenceList } from '../../db/queries/silence'
import { actsWaiting } from '../../db/queries/waiting'
import { proposals } from '../../db/schema'
import { seedLarge } from './large'
import { LARGE, openLarge } from './large-portal'

const TIMES = 15

const { parts, close } = await openLarge(undefined)
try {
  const before = performance.now()
  const { head, coordinator } = await seedLarge(parts, LARGE, (line) => process.stdout.write(`${line}\n`))
  const seeded = (performance.now() - before) / 1000
  const { db } = parts
  await db.execute('analyze')
  let statements = 0
  const query = db.$client.query.bind(db.$client)
  // biome-ignore lint/suspicious/noExplicitAny: counts whatever goes through, with its arguments as they are
  db.$client.query = ((...args: any[]) => {
    statements++
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (query as any)(...args)
  }) as typeof db.$client.query
  const all = {
    ...{ search: null, mineral: null, stage: null, partner: null, state: null, corroboration: null },
    ...{ sort: 'title' as const, page: 1 },
  }
  const [mine] = await db
    .select({ id: proposals.id })
    .from(proposals)
    .where(eq(proposals.leadDelegationId, head.organization.id))
  const queue = { search: null, state: null, late: false }
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
    ['where a proposal stands', () => proposalCase(db, head, mine?.id ?? '')],
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
    `Made by \`npm run bench:pages\`: ${LARGE.projects.toLocaleString('en')} projects, ${LARGE.proposals.toLocaleString('en')} proposals with text, ${LARGE.people.toLocaleString('en')} people, made by the product’s own code paths in ${seeded.toFixed(0)} s. Each query as its page asks it, ${TIMES} times, on the embedded PostgreSQL.`,
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
