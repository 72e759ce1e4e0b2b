/** Financing of a large portal, by the product's own verbs: requests, asks, moves, ledger lines, conditions, tranches. */
import { randomUUID } from 'node:crypto'
import { and, count, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import { askForm, conditionForm, recordForm, trancheForm } from '../../app/domain/money-forms'
import { INSTRUMENTS } from '../../app/domain/money-instruments'
import type { FinancingMove } from '../../app/domain/money-stages'
import type { Actor } from '../../app/domain/people'
import { FIELDS_MAP } from '../../app/domain/proposal-template'
import type { Database } from '../../db/connection'
import { organization } from '../../db/schema/auth'
import { financingAsks, financingRequests, institutions } from '../../db/schema/financing'
import { facilities } from '../../db/schema/ledger'
import { proposals } from '../../db/schema/projects'
import { ensureInstitutions } from '../../db/seed/institutions'
import type { Channels } from '../../server/channels/types'
import type { DocumentWorker } from '../../server/documents/worker-client'
import { askInstitutions } from '../../server/financing/ask'
import { setCondition } from '../../server/financing/conditions'
import { enterFacility } from '../../server/financing/facilities'
import { moveAsk } from '../../server/financing/move'
import { recordMoney } from '../../server/financing/record'
import { startRequest } from '../../server/financing/start'
import { actOnTranche, planTranche } from '../../server/financing/tranches'
import { projectDocument } from '../../server/projection/project-document'

type Parts = { db: Database; channels: Channels; documents: DocumentWorker; log: Logger }
type Wishes = {
  random: () => number
  heads: readonly Actor[]
  /** Makes somebody of an institution. */
  person: (email: string, home: typeof organization.$inferSelect, role: 'head') => Promise<Actor>
  say: (line: string) => void
}

/** How many are written at once: one waits for the database while another computes. */
const AT_ONCE = 4
const WAY: readonly FinancingMove[] = [
  'issue_letter',
  'apply',
  'begin_due_diligence',
  'offer_terms',
  'approve',
  'commit',
  'make_effective',
  'begin_disbursing',
]
const DAY = '2026-11-25'

/**
 * Fills the portal up to so many requests, each of one or two institutions, over every stage. Out: somebody of the
 * institution that was asked most.
 */
export async function seedLargeMoney(
  parts: Parts,
  wanted: number,
  { random, heads, person, say }: Wishes,
): Promise<{ banker: Actor }> {
  const { db } = parts
  await ensureInstitutions(db)
  const homes = await db
    .select({ home: organization })
    .from(institutions)
    .innerJoin(organization, eq(organization.id, institutions.organizationId))
    .limit(8)
  const bankers = await Promise.all(
    homes.map(({ home }, nth) => person(`banker.${nth}@large.example`, home, 'head')),
  )
  for (const banker of bankers)
    if (
      (await db.$count(
        facilities,
        and(eq(facilities.institutionId, banker.organization.id), eq(facilities.name, 'An envelope')),
      )) === 0
    )
      await enterFacility(
        db,
        banker,
        {
          ...{ key: randomUUID(), institutionId: banker.organization.id, name: 'An envelope' },
          ...{ ceiling: '900000000000', currency: 'USD', note: '' },
        },
        null,
      )
  const cases = await db
    .select({ projectId: proposals.projectId, lead: proposals.leadDelegationId })
    .from(proposals)
    .where(inArray(proposals.state, ['submitted', 'screening']))
  const there = await db.$count(financingRequests, isNotNull(financingRequests.leadDelegationId))
  let nth = there
  async function work() {
    while (nth < wanted) {
      const mine = nth
      nth += 1
      const one = cases[mine % cases.length]
      const head = heads.find(({ organization: of }) => of.id === one?.lead)
      if (!one || !head) continue
      await request(parts, { nth: mine, projectId: one.projectId, head, bankers, random })
      if (mine % 500 === 499) say(`${mine + 1} requests`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const [most] = await db
    .select({ id: financingAsks.institutionId, count: count() })
    .from(financingAsks)
    .where(and(isNotNull(financingAsks.institutionId), isNotNull(financingAsks.askedBy)))
    .groupBy(financingAsks.institutionId)
    .orderBy(desc(count()))
  const banker = bankers.find(({ organization: of }) => of.id === most?.id) ?? bankers[0]
  if (!banker) throw new Error('no institution has people')
  return { banker }
}

async function request(
  parts: Parts,
  {
    nth,
    projectId,
    head,
    bankers,
    random,
  }: { nth: number; projectId: string; head: Actor; bankers: readonly Actor[]; random: () => number },
) {
  const { db } = parts
  const amount = String(1_000_000 * (1 + Math.floor(random() * 400)))
  const id = await startRequest(db, head, projectId, { key: randomUUID(), title: `Money ${nth}` }, null)
  const [row] = await db
    .select({ channel: financingRequests.documentId })
    .from(financingRequests)
    .where(eq(financingRequests.id, id))
  const doc = new Y.Doc()
  const instrument = INSTRUMENTS[nth % 5] ?? 'direct_loan'
  const fields = { instruments: [instrument], amount, currency: 'USD', tenorYears: 5 + (nth % 12) }
  for (const [name, value] of Object.entries(fields)) doc.getMap(FIELDS_MAP).set(name, value)
  const author = { userId: head.userId, organizationId: head.organization.id }
  await parts.channels.append(author, row?.channel ?? '', Y.encodeStateAsUpdate(doc))
  await projectDocument(parts, row?.channel ?? '')
  // One in twenty is still written.
  if (nth % 20 === 0) return
  const asked = [bankers[nth % bankers.length], ...(nth % 2 ? [bankers[(nth + 3) % bankers.length]] : [])]
  const named = asked.filter((one) => one !== undefined)
  const input = askForm.parse({
    ...{ key: randomUUID(), institutions: named.map(({ organization: of }) => of.id), instrument, amount },
    ...{ currency: 'USD', purpose: 'Construction of the plant' },
  })
  await askInstitutions(parts, head, id, input, null)
  const asks = await db.select().from(financingAsks).where(eq(financingAsks.requestId, id))
  for (const ask of asks) {
    const banker = named.find(({ organization: of }) => of.id === ask.institutionId)
    if (banker) await along(db, ask.id, { head, banker, amount, steps: Math.floor(random() ** 1.5 * 9) })
  }
}

/** Takes an ask so many steps along its way, with the money that each needs. */
async function along(
  db: Database,
  askId: string,
  { head, banker, amount, steps }: { head: Actor; banker: Actor; amount: string; steps: number },
) {
  const [facility] = await db
    .select({ id: facilities.id })
    .from(facilities)
    .where(and(eq(facilities.institutionId, banker.organization.id), eq(facilities.name, 'An envelope')))
  const record = (kind: string, facilityId = '') =>
    recordMoney(
      db,
      banker,
      askId,
      recordForm.parse({ key: randomUUID(), kind, amount, onDate: DAY, facilityId }),
      null,
      null,
    )
  for (const move of WAY.slice(0, steps)) {
    if (move === 'approve') await record('approved')
    if (move === 'commit') await record('committed', facility?.id)
    const wish = { key: randomUUID(), move, reason: '', date: move === 'issue_letter' ? '2030-01-31' : null }
    await moveAsk(db, move === 'apply' ? head : banker, askId, wish, null, null)
  }
  if (steps < WAY.length) return
  const half = String(Number(amount) / 2)
  const plan = () => trancheForm.parse({ key: randomUUID(), amount: half, plannedOn: DAY, method: 'advance' })
  const [first] = [
    await planTranche(db, head, askId, plan(), null),
    await planTranche(db, head, askId, plan(), null),
  ]
  for (const [actor, trancheAct] of [
    [head, 'request'],
    [banker, 'approve'],
    [banker, 'pay'],
  ] as const)
    await actOnTranche(
      db,
      actor,
      askId,
      { key: randomUUID(), trancheId: first, trancheAct, reason: '', paidOn: DAY },
      null,
    )
  const condition = conditionForm.parse({
    ...{ key: randomUUID(), gate: 'every_disbursement', text: 'The permits stand' },
    ...{ responsibleId: head.organization.id, dueOn: '2027-06-30' },
  })
  await setCondition(db, banker, askId, condition, null)
}
