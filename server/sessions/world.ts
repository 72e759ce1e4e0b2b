/** What a decision needs and the log does not hold. */
import { and, eq } from 'drizzle-orm'
import { DECIDING_ROLES } from '../../app/domain/groups'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { SessionAct } from '../../app/domain/session/acts'
import type { World } from '../../app/domain/session/decide-types'
import type { SessionState } from '../../app/domain/session/model'
import { motionOf } from '../../app/domain/session/present'
import { deadlineProblem } from '../../app/domain/silence'
import { instantIn } from '../../app/domain/zoned'
import type { Transaction } from '../../db/connection'
import { notAnnounced } from '../../db/queries/announcements'
import { scopedDocument } from '../../db/queries/documents'
import { openFollowUps } from '../../db/queries/follow-ups'
import { scopedProposal } from '../../db/queries/proposal-scope'
import type { ScopedSession } from '../../db/queries/session-scope'
import { workingGroups } from '../../db/schema/groups'
import { proposals } from '../../db/schema/projects'
import { sessions, sessionVotes } from '../../db/schema/sessions'
import { consentProblem } from '../consents/guard'
import { newId } from '../ids'
import { emptyBox, type Keys, makeKeys } from './ballot-box'
import { rulesOf } from './rules'

/** What takes long, before anybody waits for it. */
export async function prepareWorld(act: SessionAct): Promise<Keys | null> {
  return act.act === 'open_vote' && act.method === 'secret' ? makeKeys() : null
}

type Asked = { found: ScopedSession; state: SessionState; act: SessionAct; now: number }

/** `refusal`: what is wrong with the act itself, in words. */
export async function readWorld(
  tx: Transaction,
  actor: Actor,
  { found, state, act, now }: Asked,
): Promise<{ world: World; refusal: string | null }> {
  const world: World = { now, newId }
  const fine = { world, refusal: null }
  switch (act.act) {
    case 'announce':
    case 'open': {
      const deciding = Object.values(state.delegations).filter(({ seat }) =>
        DECIDING_ROLES.includes(seat),
      ).length
      const { session, group } = found
      const rules = await rulesOf(tx, group.id, deciding, session.chatham)
      world.rules = rules.session
      if (act.act === 'open' && session.marking !== 'restricted') {
        // Two sessions of a group may open at the same moment: each decision is announced in one.
        await tx
          .select({ id: workingGroups.id })
          .from(workingGroups)
          .where(eq(workingGroups.id, group.id))
          .for('no key update')
        world.announcements = await notAnnounced(tx, group.id, session.marking !== 'group')
      }
      world.notice = { earliest: now + rules.noticeHours * 3_600_000, startsAt: session.startsAt.getTime() }
      return fine
    }
    case 'attach_document':
      world.document = await readableDocument(tx, actor, act.documentId)
      return fine
    case 'add_item': {
      if (act.followUpId !== null && !(await isReported(tx, actor, found, act.followUpId)))
        return { world, refusal: 'No such follow-up of the group is open.' }
      if (act.proposalId === null) return fine
      const proposal = await proposalBefore(tx, actor, found, act.proposalId)
      if (!proposal) return { world, refusal: 'No such proposal is before the group.' }
      world.document = proposal
      return fine
    }
    case 'propose':
      // Of a proposal that is discussed now only: of any other nothing is told.
      if (act.outcome === 'endorsed' && act.proposalId !== null && isOpenItem(state, act.proposalId))
        return { world, refusal: await consentProblem(tx, act.proposalId) }
      if (act.approves === null) return fine
      return (await minutesStand(tx, found.group.id, act.approves))
        ? fine
        : { world, refusal: 'The minutes of that session do not wait for approval.' }
    case 'close_vote': {
      const method = motionOf(state, act.motionId)?.vote?.method
      if (method === 'secret') world.ballots = await emptyBox(tx, act.motionId)
      else world.roll = await rollOf(tx, act.motionId)
      return fine
    }
    case 'put_to_silence': {
      const deadline = instantIn(act.at, act.zone)
      if (!deadline) return { world, refusal: 'That time does not exist in this zone: choose another.' }
      const refusal = deadlineProblem(deadline, new Date(now), found.group.silenceHours)
      world.deadline = deadline.getTime()
      return { world, refusal }
    }
    default:
      return fine
  }
}

/** A follow-up that may be put on the agenda, whose readers may be others than those of the session that asked for it. */
async function isReported(tx: Transaction, actor: Actor, { group }: ScopedSession, id: string) {
  const open = await openFollowUps(tx, actor, group.id)
  return open.some((one) => one.id === id && one.marking !== 'restricted')
}

/** An earlier session of the group, whose minutes are in draft. */
async function minutesStand(tx: Transaction, groupId: string, sessionId: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(eq(sessions.id, sessionId), eq(sessions.groupId, groupId), eq(sessions.status, 'minutes_draft')),
    )
  return row !== undefined
}

async function rollOf(tx: Transaction, motionId: string) {
  const rows = await tx
    .select({ delegationId: sessionVotes.delegationId, choice: sessionVotes.choice })
    .from(sessionVotes)
    .where(eq(sessionVotes.motionId, motionId))
  return Object.fromEntries(rows.map(({ delegationId, choice }) => [delegationId, choice]))
}

async function readableDocument(tx: Transaction, actor: Actor, id: string) {
  const document = await scopedDocument(tx, id)
  return document && can(actor, 'read', document.scope) ? { id: document.id, title: document.title } : null
}

const isOpenItem = ({ items }: SessionState, proposalId: string) =>
  items.some((item) => item.state === 'open' && item.proposalId === proposalId)

/** A proposal that stands before the session's group, for somebody who may know of it. */
async function proposalBefore(tx: Transaction, actor: Actor, found: ScopedSession, id: string) {
  const [row] = await tx
    .select({ documentId: proposals.documentId, title: proposals.title })
    .from(proposals)
    .where(
      and(eq(proposals.id, id), eq(proposals.groupId, found.group.id), eq(proposals.state, 'in_decision')),
    )
  const scoped = row && (await scopedProposal(tx, id))
  return row && scoped && can(actor, 'see', scoped.scope) ? { id: row.documentId, title: row.title } : null
}
