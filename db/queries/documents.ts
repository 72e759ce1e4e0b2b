/** Documents with what decides over them: read before every page, socket and export. */
import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { forbidden, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { isOver } from '../../app/domain/money-stages'
import { PART_LABEL, type PartKind, type PartScope } from '../../app/domain/part-rights'
import type { Actor } from '../../app/domain/people'
import {
  can,
  type DocumentScope,
  type GrantLevel,
  type ProposalScope,
  WITH_SECRETARIAT,
  WRITABLE,
} from '../../app/domain/rights'
import type { SessionTextScope } from '../../app/domain/session-text-rights'
import type { Queryable, Transaction } from '../connection'
import { organization, user } from '../schema/auth'
import { channelEntries, channels } from '../schema/channels'
import { askReaders, financingAsks, financingRequests } from '../schema/financing'
import { documentParts } from '../schema/parts'
import { documentGrants, documents, projects, proposalFields, proposals } from '../schema/projects'
import { type ScopedSessionText, sessionTextScopes, type TextOfSession } from './session-texts'
import { readableProposal, readableText } from './visibility'

export type Grant = { delegationId: string; name: string; iso2: string | null; level: GrantLevel }

/** A document with its scope: what `can` asks. */
export type ScopedDocument = {
  id: string
  channelId: string
  title: string
  kind: 'proposal' | 'text' | 'part' | 'request' | 'terms' | 'notes' | 'minutes'
  owner: { id: string; name: string; iso2: string | null }
  grants: Grant[]
  proposal: { id: string; title: string; projectId: string; projectTitle: string } | null
  /** The financing request whose text, or whose terms, it is. */
  request: { id: string; projectId: string } | null
  /** Of a part with readers of its own: what it is a part of. */
  part: { kind: PartKind; whole: ScopedDocument } | null
  /** The session whose notes or minutes it is. */
  session: TextOfSession | null
  scope: ProposalScope | DocumentScope | PartScope | SessionTextScope
}

/** The page on which a document is written. */
export const pathOf = ({
  id,
  kind,
  proposal,
  request,
  session,
}: Pick<ScopedDocument, 'id' | 'kind'> & {
  proposal: { id: string } | null
  request: { id: string } | null
  session?: Pick<TextOfSession, 'id' | 'text'> | null
}): string => {
  if (session?.text === 'minutes') return `/sessions/${session.id}/minutes`
  if (proposal) return `/proposals/${proposal.id}`
  return request && kind === 'request' ? `/financing/${request.id}` : `/documents/${id}`
}

/** How its text is laid out: the sections of a proposal or a request, or one body. */
export const templateOf = ({ kind }: Pick<ScopedDocument, 'kind'>) =>
  kind === 'proposal' || kind === 'request' ? kind : 'text'

const guest = alias(organization, 'guest')

/** The delegations invited, by name, as one value. */
const grantsOf = sql<Grant[]>`coalesce((
  select json_agg(json_build_object('delegationId', ${guest.id}, 'name', ${guest.name}, 'iso2', ${guest.partnerIso2}, 'level', ${documentGrants.level}) order by ${guest.name})
  from ${documentGrants} join ${organization} ${sql.identifier('guest')} on ${guest.id} = ${documentGrants.delegationId}
  where ${documentGrants.documentId} = ${documents.id}
), '[]'::json)`

/** Institutions that were asked to answer the request whose text it is. */
const askedOf = sql<string[]>`array(
  select distinct ${financingAsks.institutionId} from ${financingAsks}
  join ${financingRequests} ${sql.identifier('asking')} on ${sql.identifier('asking')}.id = ${financingAsks.requestId}
  where ${sql.identifier('asking')}.document_id = ${documents.id} and ${financingAsks.institutionId} is not null)`

/** By its id or its channel's (they differ only in name); null when there is none. */
export const scopedDocument = async (db: Queryable, id: string): Promise<ScopedDocument | null> =>
  (await scopedDocuments(db, [id])).get(id) ?? null

/**
 * Several of them, by what they were asked by; those that do not exist are left out. One query for all, and one or two
 * more for each of parts, terms and texts of sessions among them, however many: the engine asks it for every open page
 * once a second.
 */
export async function scopedDocuments(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, ScopedDocument>> {
  const asked = [...new Set(ids)].filter(isId)
  if (asked.length === 0) return new Map()
  const rows = await db
    .select({
      document: documents,
      proposal: proposals,
      request: {
        id: financingRequests.id,
        projectId: financingRequests.projectId,
        title: financingRequests.title,
        state: financingRequests.state,
        marking: financingRequests.marking,
      },
      askedIds: askedOf,
      projectTitle: projects.title,
      ownerName: organization.name,
      ownerIso2: organization.partnerIso2,
      grants: grantsOf,
      part: documentParts,
    })
    .from(documents)
    .innerJoin(organization, eq(organization.id, documents.ownerDelegationId))
    .leftJoin(proposals, eq(proposals.documentId, documents.id))
    .leftJoin(projects, eq(projects.id, proposals.projectId))
    .leftJoin(documentParts, eq(documentParts.documentId, documents.id))
    .leftJoin(financingRequests, eq(financingRequests.documentId, documents.id))
    .where(or(inArray(documents.id, asked), inArray(documents.channelId, asked)))
  const partOf = rows.flatMap(({ part }) => (part ? [part.wholeId] : []))
  const wholes = await scopedDocuments(db, partOf)
  const terms = await termsScopes(
    db,
    rows.flatMap(({ document }) => (document.kind === 'terms' ? [document] : [])),
  )
  const ofSessions = await sessionTextScopes(
    db,
    rows.flatMap(({ document: { id, kind } }) => (kind === 'notes' || kind === 'minutes' ? [id] : [])),
  )
  const found = new Map<string, ScopedDocument>()
  for (const row of rows) {
    const scoped = scopedFrom(row, wholes, terms, ofSessions)
    if (!scoped) continue
    found.set(scoped.id, scoped)
    found.set(scoped.channelId, scoped)
  }
  return found
}

type Row = {
  document: typeof documents.$inferSelect
  proposal: typeof proposals.$inferSelect | null
  request: Pick<
    typeof financingRequests.$inferSelect,
    'id' | 'projectId' | 'title' | 'state' | 'marking'
  > | null
  askedIds: string[]
  projectTitle: string | null
  ownerName: string
  ownerIso2: string | null
  grants: Grant[]
  part: typeof documentParts.$inferSelect | null
}

function scopedFrom(
  row: Row,
  wholes: ReadonlyMap<string, ScopedDocument>,
  terms: ReadonlyMap<string, TermsScope>,
  ofSessions: ReadonlyMap<string, ScopedSessionText>,
): ScopedDocument | null {
  const { document, proposal, request, grants } = row
  const shared = grants.map(({ delegationId, level }) => ({ delegationId, level }))
  const common = {
    id: document.id,
    channelId: document.channelId,
    kind: document.kind,
    owner: { id: document.ownerDelegationId, name: row.ownerName, iso2: row.ownerIso2 },
    grants,
    session: null,
  }
  if (row.part) {
    const whole = wholes.get(row.part.wholeId)
    if (!whole || whole.scope.kind === 'part' || whole.scope.kind === 'session_text') return null
    const { kind, audiences } = row.part
    const scope: PartScope = {
      kind: 'part',
      marking: 'restricted',
      grants: shared,
      audiences,
      ...wholeOf(whole),
    }
    return { ...common, title: PART_LABEL[kind], proposal: null, request: null, part: { kind, whole }, scope }
  }
  if (document.kind === 'notes' || document.kind === 'minutes') {
    const found = ofSessions.get(document.id)
    if (!found) return null
    return { ...common, title: document.title, proposal: null, request: null, part: null, ...found }
  }
  if (document.kind === 'terms') {
    const found = terms.get(document.id)
    if (!found) return null
    return { ...common, title: document.title, proposal: null, part: null, ...found }
  }
  return {
    ...common,
    title: proposal?.title ?? request?.title ?? document.title,
    part: null,
    proposal: proposal
      ? {
          id: proposal.id,
          title: proposal.title,
          projectId: proposal.projectId,
          projectTitle: row.projectTitle ?? '',
        }
      : null,
    request: request ? { id: request.id, projectId: request.projectId } : null,
    scope: proposal
      ? {
          kind: 'proposal',
          state: proposal.state,
          marking: proposal.marking,
          leadDelegationId: proposal.leadDelegationId,
          grants: shared,
        }
      : {
          kind: 'document',
          marking: document.marking,
          ownerDelegationId: document.ownerDelegationId,
          grants: shared,
          ...(request
            ? {
                request: {
                  askedIds: row.askedIds,
                  asked: request.state !== 'draft',
                  open: request.state !== 'withdrawn',
                  isTerms: false,
                },
              }
            : {}),
        },
  }
}

type TermsScope = { request: { id: string; projectId: string }; scope: DocumentScope }

/** Of asks' terms, by document: read and written by its institution, the lead, and read by whom the lead named. */
async function termsScopes(
  db: Queryable,
  terms: readonly (typeof documents.$inferSelect)[],
): Promise<Map<string, TermsScope>> {
  if (terms.length === 0) return new Map()
  const owners = new Map(terms.map(({ id, ownerDelegationId }) => [id, ownerDelegationId]))
  const rows = await db
    .select({
      documentId: financingAsks.termsDocumentId,
      requestId: financingRequests.id,
      projectId: financingRequests.projectId,
      stage: financingAsks.stage,
      institutionId: financingAsks.institutionId,
      readers: sql<string[]>`array(
        select ${askReaders.delegationId} from ${askReaders} where ${askReaders.askId} = ${financingAsks.id})`,
    })
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .where(inArray(financingAsks.termsDocumentId, [...owners.keys()]))
  const found = new Map<string, TermsScope>()
  for (const { documentId, requestId, projectId, stage, institutionId, readers } of rows) {
    const ownerDelegationId = documentId && owners.get(documentId)
    if (!documentId || !ownerDelegationId) continue
    const scope: DocumentScope = {
      kind: 'document',
      marking: 'restricted',
      ownerDelegationId,
      grants: readers.map((delegationId) => ({ delegationId, level: 'read' })),
      request: {
        askedIds: institutionId ? [institutionId] : [],
        asked: true,
        open: !isOver(stage),
        isTerms: true,
      },
    }
    found.set(documentId, { request: { id: requestId, projectId }, scope })
  }
  return found
}

/** What a part takes from its whole. */
function wholeOf({ owner, grants, scope }: ScopedDocument) {
  const state = scope.kind === 'proposal' ? scope.state : null
  return {
    ownerDelegationId: owner.id,
    takingPart: grants.map(({ delegationId }) => delegationId),
    isWritable: state === null || WRITABLE.includes(state),
    isWithSecretariat: state !== null && WITH_SECRETARIAT.includes(state),
  }
}

/** Said to somebody who reads the text but may not do the act. */
const REFUSED = {
  read: '',
  write: 'You may read this text, but not write it.',
  comment: 'You may read this text, but not comment on it.',
  rename: 'Only those who may write the text can change its title.',
  invite: 'Only a head or delegate of the delegation that leads the text decides who takes part.',
  mark: 'Only a head or delegate of the delegation that leads the text decides who may know of it.',
  settle: 'A head of the delegation that leads the text decides over what was kept aside.',
  export: 'You may not take this text out of the portal.',
} as const

/**
 * The document when the actor may do `act` with it. Throws `notFound`, as for an id that does not exist, for those who
 * may not read it, and `forbidden` for those who may.
 */
export async function documentFor(
  db: Queryable,
  actor: Actor,
  id: string,
  act: keyof typeof REFUSED,
): Promise<ScopedDocument> {
  const document = await scopedDocument(db, id)
  if (!document || !can(actor, 'read', document.scope)) throw notFound()
  if (!can(actor, act, document.scope)) throw forbidden(REFUSED[act])
  return document
}

/** Keeps others from changing a document's share, marking or title until the caller's transaction ends. */
export async function lockDocument(tx: Transaction, id: string): Promise<void> {
  if (isId(id))
    await tx.select({ id: documents.id }).from(documents).where(eq(documents.id, id)).for('update')
}

/** What the actor may do with a document's text; null: it does not exist for them. */
export function textAccess(
  actor: Actor,
  scope: ScopedDocument['scope'],
): 'write' | 'comment' | 'read' | null {
  if (can(actor, 'write', scope)) return 'write'
  if (can(actor, 'comment', scope)) return 'comment'
  return can(actor, 'read', scope) ? 'read' : null
}

/** Delegations that could be invited: all but the owner and those that take part; to a part, those of the whole. */
export const delegationsToInvite = (db: Queryable, document: ScopedDocument) =>
  db
    .select({ id: organization.id, name: organization.name, iso2: organization.partnerIso2 })
    .from(organization)
    .where(
      and(
        eq(organization.kind, 'delegation'),
        sql`${organization.id} <> ${document.owner.id}`,
        sql`not exists (select 1 from ${documentGrants} where ${documentGrants.documentId} = ${document.id} and ${documentGrants.delegationId} = ${organization.id})`,
        document.part
          ? sql`exists (select 1 from ${documentGrants} where ${documentGrants.documentId} = ${document.part.whole.id} and ${documentGrants.delegationId} = ${organization.id})`
          : undefined,
      ),
    )
    .orderBy(asc(organization.name))

/** When and by whom a document was last written. */
const lastEntry = sql`(select e.at from ${channelEntries} e where e.channel_id = ${channels.id} and e.seq = ${channels.head})`

/** Imported texts and proposals' documents that the actor may read, the last written first. */
export const readableDocuments = (db: Queryable, actor: Actor) =>
  db
    .select({
      id: documents.id,
      kind: documents.kind,
      title: sql<string>`coalesce(${proposals.title}, ${documents.title})`,
      proposalId: proposals.id,
      state: proposals.state,
      marking: sql<DocumentScope['marking']>`coalesce(${proposals.marking}, ${documents.marking})`,
      owner: organization.name,
      ownerIso2: organization.partnerIso2,
      importedName: documents.importedName,
      writtenAt: sql<string | null>`to_char(${lastEntry} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
      createdAt: documents.createdAt,
      createdBy: user.name,
    })
    .from(documents)
    .innerJoin(channels, eq(channels.id, documents.channelId))
    .innerJoin(organization, eq(organization.id, documents.ownerDelegationId))
    .innerJoin(user, eq(user.id, documents.createdBy))
    .leftJoin(proposals, eq(proposals.documentId, documents.id))
    .leftJoin(proposalFields, eq(proposalFields.proposalId, proposals.id))
    .where(or(readableText(actor), readableProposal(actor)))
    .orderBy(desc(sql`coalesce(${lastEntry}, ${documents.createdAt})`))
    .limit(500)
