/** Cases led to a state by the product's own verbs: Kenya leads them, two people of Korea review. */
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import type { ProposalState } from '../../app/domain/project-stage'
import type { ProposalMove } from '../../app/domain/proposal-machine'
import { FIELDS_MAP, PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import { CRITERIA, sheetForm } from '../../app/domain/review'
import { type Outcome, silenceForm } from '../../app/domain/silence'
import { wallClock } from '../../app/domain/zoned'
import type { Database } from '../../db/connection'
import {
  documentGrants,
  groupMembers,
  proposals,
  reviews,
  silenceProcedures,
  workingGroups,
} from '../../db/schema'
import { ensureGroups } from '../../db/seed/groups'
import { newId } from '../../server/ids'
import { createProject } from '../../server/projects/create'
import { moveProposal } from '../../server/proposals/move'
import { startProposal } from '../../server/proposals/start'
import { actOnReview } from '../../server/reviews/act'
import { assignReviewers } from '../../server/reviews/assign'
import { nameReviewer } from '../../server/reviews/pool'
import { closeDue } from '../../server/silence/close'
import { openSilence } from '../../server/silence/open'
import { projectInput, type Records } from './records'

export const SHEET = {
  ...Object.fromEntries(CRITERIA.map(({ id }) => [`mark.${id}`, '4'])),
  ...Object.fromEntries(CRITERIA.map(({ id }) => [`reason.${id}`, 'As the text shows.'])),
  recommendation: 'endorse',
  noteToApplicant: 'State the offtake in tonnes.',
}

export type Cases = Awaited<ReturnType<typeof startCases>>
export type CaseIds = { id: string; documentId: string; projectId: string }

type Wish = {
  /** The site's country. */
  country?: string
  /** More of the key facts. */
  facts?: Record<string, string>
  /** In screening: nobody was asked to review yet. */
  bare?: boolean
  grants?: readonly { to: Actor; level: 'write' | 'comment' | 'read' }[]
}

export async function startCases(db: Database, records: Records) {
  await ensureGroups(db)
  const kenya = await records.as('kenya', 'head')
  const coordinator = await records.as('secretariat', 'coordinator')
  const reviewers = [await records.as('korea', 'delegate'), await records.as('korea', 'adviser')] as const
  for (const { email } of reviewers) await nameReviewer(db, coordinator, email, null)
  const [group] = await db.select().from(workingGroups).where(eq(workingGroups.code, 'PG'))
  const groupId = group?.id ?? ''
  const seat = (actor: Actor) =>
    db.insert(groupMembers).values({
      ...{ id: newId(), groupId, delegationId: actor.organization.id, from: '2026-02-04', role: 'member' },
    })
  await seat(kenya)
  let made = 0

  async function draft({ country = 'KE', facts = {}, grants = [] }: Wish = {}): Promise<CaseIds> {
    const title = `Case ${++made}`
    const projectId = await createProject(db, kenya, projectInput({ title, countryIso2: country }), null)
    const id = await startProposal(db, kenya, projectId, null)
    const [row] = await db.select().from(proposals).where(eq(proposals.id, id))
    const documentId = row?.documentId ?? ''
    const doc = new Y.Doc()
    doc.transact(() => {
      for (const { fragment, title: section } of PROPOSAL_SECTIONS) {
        const element = new Y.XmlElement('paragraph')
        element.insert(0, [new Y.XmlText(`${section} in words.`)])
        doc.getXmlFragment(fragment).push([element])
      }
      const fields = doc.getMap(FIELDS_MAP)
      const values = { capacity: '900', capitalCost: '1', currency: 'USD', place: 'Kwale', country, ...facts }
      fields.set('minerals', ['cobalt'])
      fields.set('stages', ['refining'])
      for (const [name, value] of Object.entries(values)) fields.set(name, value)
    })
    await records.channels.append(
      { userId: kenya.userId, organizationId: kenya.organization.id },
      documentId,
      Y.encodeStateAsUpdate(doc),
    )
    if (grants.length > 0)
      await db.insert(documentGrants).values(
        grants.map(({ to, level }) => ({
          ...{ documentId, delegationId: to.organization.id, level, grantedBy: kenya.userId },
        })),
      )
    return { id, documentId, projectId }
  }

  const move = (
    { id }: Pick<CaseIds, 'id'>,
    actor: Actor,
    what: ProposalMove,
    seen: ProposalState,
    more: { reason?: string; group?: string } = {},
  ) =>
    moveProposal(
      records.parts,
      actor,
      id,
      { move: what, key: randomUUID(), seen, reason: '', group: '', ...more },
      null,
    )

  const reviewOf = async ({ id }: Pick<CaseIds, 'id'>, reviewer: Actor): Promise<string> => {
    const rows = await db.select().from(reviews).where(eq(reviews.proposalId, id))
    const found = rows.filter((row) => row.reviewerId === reviewer.userId).at(-1)
    if (!found) throw new Error('not asked')
    return found.id
  }

  const ask = ({ id }: Pick<CaseIds, 'id'>, ...people: Actor[]) =>
    assignReviewers(
      records.parts,
      coordinator,
      id,
      { reviewers: people.map(({ userId }) => userId), days: 21 },
      null,
    )

  const review = async (ids: Pick<CaseIds, 'id'>, wish: Parameters<typeof actOnReview>[3]) => {
    for (const reviewer of reviewers)
      await actOnReview(records.parts, reviewer, await reviewOf(ids, reviewer), wish, null)
  }

  async function accepted(ids: CaseIds): Promise<void> {
    await ask(ids, ...reviewers)
    await review(ids, { act: 'accept' })
  }
  const handedIn = (ids: CaseIds) => review(ids, { act: 'hand_in', sheet: sheetForm.parse(SHEET), draft: {} })

  const silence = (ids: Pick<CaseIds, 'id'>, outcome: Outcome = 'endorsed') =>
    openSilence(
      records.parts,
      coordinator,
      ids.id,
      silenceForm.parse({
        ...{ key: randomUUID(), outcome, text: 'The group decides over the proposal on this version.' },
        at: wallClock(new Date(Date.now() + 80 * 3_600_000), 'Africa/Nairobi'),
        zone: 'Africa/Nairobi',
      }),
      null,
    )

  /** The deadline lies behind, as after some days, and what silence held over is adopted. */
  async function deadlinePasses(procedureId: string): Promise<string[]> {
    await db
      .update(silenceProcedures)
      .set({ deadline: new Date(Date.now() - 60_000) })
      .where(eq(silenceProcedures.id, procedureId))
    return closeDue({ db, channels: records.channels })
  }

  /** Everything that a case needs for the coordinators' moves from screening and review is there. */
  async function at(state: ProposalState, wish: Wish = {}): Promise<CaseIds> {
    const ids = await draft(wish)
    if (state === 'draft') return ids
    await move(ids, kenya, 'submit', 'draft')
    if (state === 'submitted') return ids
    if (state === 'withdrawn') {
      await move(ids, kenya, 'withdraw', 'submitted')
      return ids
    }
    await move(ids, coordinator, 'take_up', 'submitted')
    if (state === 'changes_requested') {
      await move(ids, coordinator, 'request_changes', 'screening', {
        reason: 'Who buys it, and for how long?',
      })
      return ids
    }
    if (state === 'screening' && wish.bare) return ids
    await accepted(ids)
    if (state === 'screening') return ids
    await move(ids, coordinator, 'send_to_review', 'screening')
    await handedIn(ids)
    if (state === 'in_review') return ids
    await move(ids, coordinator, 'recommend', 'in_review', { reason: 'The case is sound.', group: groupId })
    if (state === 'in_decision') return ids
    await deadlinePasses(await silence(ids, state))
    return ids
  }

  return {
    ...{ kenya, coordinator, reviewers, groupId, seat },
    ...{ at, move, ask, accepted, handedIn, reviewOf, silence, deadlinePasses },
  }
}
