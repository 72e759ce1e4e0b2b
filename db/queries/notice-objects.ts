/** Which notices somebody may read now: by the rights over what each is about. A new kind of object is a line here. */
import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import type { NOTICE_OBJECTS } from '../../app/domain/notices'
import { type Actor, secretariatRole } from '../../app/domain/people'
import { hostConsents } from '../schema/consents'
import { silenceProcedures } from '../schema/decisions'
import { financingAsks, financingRequests } from '../schema/financing'
import { notices } from '../schema/notices'
import { documents, projects, proposals } from '../schema/projects'
import { reviews } from '../schema/reviews'
import { sessionTexts } from '../schema/session-texts'
import { sessions } from '../schema/sessions'
import { visibleConsent } from './consents'
import { readableRequest, visibleMoney } from './request-visibility'
import { attendableSession, visibleSession } from './session-scope'
import { visibleSilence } from './silence'
import { readableProposal, readableText, visibleProject, visibleProposal } from './visibility'

type NoticeObject = (typeof NOTICE_OBJECTS)[number]

const RULES: Record<NoticeObject, (actor: Actor) => SQL> = {
  self: (actor) => sql`${notices.objectId} = ${actor.userId}`,
  delegation: (actor) => sql`${notices.objectId} = ${actor.organization.id}`,
  group: () => sql`true`,
  project: (actor) =>
    sql`exists (select 1 from ${projects} where ${projects.id} = ${notices.objectId} and ${visibleProject(actor)})`,
  proposal: (actor) =>
    sql`exists (select 1 from ${proposals} where ${proposals.id} = ${notices.objectId} and ${visibleProposal(actor)})`,
  proposal_text: (actor) =>
    sql`exists (select 1 from ${proposals} where ${proposals.id} = ${notices.objectId} and ${readableProposal(actor)})`,
  text: (actor) =>
    sql`exists (select 1 from ${documents} where ${documents.id} = ${notices.objectId} and ${readableText(actor)})`,
  request_text: (actor) =>
    sql`exists (select 1 from ${financingRequests} where ${financingRequests.id} = ${notices.objectId} and ${readableRequest(actor)})`,
  review: (actor) =>
    secretariatRole(actor) === 'coordinator'
      ? sql`true`
      : sql`exists (select 1 from ${reviews} where ${reviews.id} = ${notices.objectId} and ${reviews.reviewerId} = ${actor.userId} and ${reviews.state} not in ('recused', 'released'))`,
  ask: (actor) =>
    sql`exists (select 1 from ${financingAsks} join ${financingRequests} on ${financingRequests.id} = ${financingAsks.requestId} where ${financingAsks.id} = ${notices.objectId} and ${visibleMoney(actor)})`,
  session: (actor) =>
    sql`exists (select 1 from ${sessions} where ${sessions.id} = ${notices.objectId} and ${visibleSession(actor)})`,
  session_text: (actor) =>
    sql`exists (select 1 from ${sessionTexts} join ${sessions} on ${sessions.id} = ${sessionTexts.sessionId} where ${sessionTexts.documentId} = ${notices.objectId} and ${attendableSession(actor)})`,
  consent: (actor) =>
    sql`exists (select 1 from ${hostConsents} where ${hostConsents.id} = ${notices.objectId} and ${visibleConsent(actor)})`,
  silence: (actor) =>
    sql`exists (select 1 from ${silenceProcedures} where ${silenceProcedures.id} = ${notices.objectId} and ${visibleSilence(actor)})`,
}

/** The actor's own notices of what they may still know of. */
export function readableNotice(actor: Actor): SQL | undefined {
  const rules = (Object.keys(RULES) as NoticeObject[]).map((kind) =>
    and(eq(notices.objectKind, kind), RULES[kind](actor)),
  )
  return and(eq(notices.userId, actor.userId), or(...rules))
}
