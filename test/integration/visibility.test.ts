/** The rules as code (`can`) and as SQL (`visibility.ts`) say the same, for random people, markings, grants and states. */
import { randomUUID } from 'node:crypto'
import { and, eq, inArray, type SQL } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { REQUEST_STATES } from '../../app/domain/institution'
import { MARKINGS } from '../../app/domain/marking'
import { PART_AUDIENCES } from '../../app/domain/part-rights'
import { type Actor, DELEGATION_ROLES, INSTITUTION_ROLES, SECRETARIAT_ROLES } from '../../app/domain/people'
import { PROPOSAL_STATES } from '../../app/domain/project-stage'
import { can, GRANT_LEVELS } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedDocument } from '../../db/queries/documents'
import { scopedProject } from '../../db/queries/project-scope'
import { readableDocument } from '../../db/queries/readable-text'
import { visibleAsk, visibleMoney, visibleRequest } from '../../db/queries/request-visibility'
import { scopedAsk, scopedRequest } from '../../db/queries/requests'
import { readableProposal, readableText, visibleProject, visibleProposal } from '../../db/queries/visibility'
import { organization, user } from '../../db/schema/auth'
import { channels } from '../../db/schema/channels'
import { askReaders, financingAsks, financingRequests, institutions } from '../../db/schema/financing'
import { partners } from '../../db/schema/partners'
import { documentParts } from '../../db/schema/parts'
import { documentGrants, documents, projectReaders, projects, proposals } from '../../db/schema/projects'
import { testDatabase } from '../harness/database'

const DELEGATIONS = ['a', 'b', 'c'] as const
const INSTITUTIONS = ['bank', 'agency'] as const
let db: Database

beforeAll(async () => {
  ;({ db } = await testDatabase())
  await db.insert(organization).values(
    DELEGATIONS.map((id) => ({
      id,
      name: id,
      slug: id,
      partnerIso2: `${id.toUpperCase()}X`,
      kind: 'delegation' as const,
    })),
  )
  await db.insert(partners).values({ iso2: 'AX', name: 'A', type: 'country', attendedMinisterial: true })
  await db
    .insert(organization)
    .values(INSTITUTIONS.map((id) => ({ id, name: id, slug: id, kind: 'institution' as const })))
  await db.insert(institutions).values(
    INSTITUTIONS.map((id) => ({
      ...{ organizationId: id, code: id, kind: 'public_bank' as const, partnerIso2: 'AX', source: 'test' },
    })),
  )
  await db.insert(user).values({ id: 'u', name: 'U', email: 'u@x.example' })
})

const someone = fc.oneof(
  fc.record({ id: fc.constantFrom(...DELEGATIONS), role: fc.constantFrom(...DELEGATION_ROLES) }).map(
    ({ id, role }): Actor => ({
      userId: 'u',
      name: 'U',
      email: 'u@x.example',
      sessionId: 's',
      organization: { kind: 'delegation', id, name: id, partnerIso2: `${id.toUpperCase()}X`, role },
    }),
  ),
  fc.record({ id: fc.constantFrom(...INSTITUTIONS), role: fc.constantFrom(...INSTITUTION_ROLES) }).map(
    ({ id, role }): Actor => ({
      ...{ userId: 'u', name: 'U', email: 'u@x.example', sessionId: 's' },
      organization: { kind: 'institution', id, name: id, role },
    }),
  ),
  fc.constantFrom(...SECRETARIAT_ROLES).map(
    (role): Actor => ({
      userId: 'u',
      name: 'U',
      email: 'u@x.example',
      sessionId: 's',
      organization: { kind: 'secretariat', id: 'sec', name: 'Secretariat', role },
    }),
  ),
)
const delegation = fc.constantFrom(...DELEGATIONS)
const world = fc.record({
  actor: someone,
  owner: fc.option(delegation),
  lead: delegation,
  projectMarking: fc.constantFrom(...MARKINGS),
  marking: fc.constantFrom(...MARKINGS),
  state: fc.constantFrom(...PROPOSAL_STATES),
  readers: fc.uniqueArray(delegation),
  requestState: fc.constantFrom(...REQUEST_STATES),
  asked: fc.option(fc.constantFrom(...INSTITUTIONS)),
  also: fc.boolean(),
  named: fc.option(delegation),
  partReaders: fc.uniqueArray(delegation),
  audiences: fc.uniqueArray(fc.constantFrom(...PART_AUDIENCES)),
  grants: fc.uniqueArray(fc.record({ delegationId: delegation, level: fc.constantFrom(...GRANT_LEVELS) }), {
    selector: (g) => g.delegationId,
  }),
})

/** What a list over texts of every kind shows of these. */
async function readableOf(actor: Actor, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: documents.id })
    .from(documents)
    .leftJoin(proposals, eq(proposals.documentId, documents.id))
    .leftJoin(financingRequests, eq(financingRequests.documentId, documents.id))
    .where(and(inArray(documents.id, [...ids]), readableDocument(actor)))
  return rows.map(({ id }) => id)
}

type Asking = {
  lead: string
  marking: (typeof MARKINGS)[number]
  given: { delegationId: string; level: 'write' | 'comment' | 'read' }[]
  requestState: (typeof REQUEST_STATES)[number]
  asked: string | null
  also: boolean
  named: string | null
}

/** A request with one ask of the same id, and another one where `also`. */
async function insertRequest(projectId: string, asking: Asking): Promise<[string]> {
  const { lead, marking, given, requestState, asked, also, named } = asking
  const id = randomUUID()
  const announced = requestState === 'announced'
  if (!announced) {
    await db.insert(channels).values({ id, kind: 'document' })
    await db.insert(documents).values({
      ...{ id, channelId: id, kind: 'request' as const, title: 'R', marking, ownerDelegationId: lead },
      createdBy: 'u',
    })
    if (given.length)
      await db
        .insert(documentGrants)
        .values(given.map((grant) => ({ documentId: id, ...grant, grantedBy: 'u' })))
  }
  await db.insert(financingRequests).values({
    ...{ id, projectId, title: 'R', state: requestState, marking },
    ...(announced ? {} : { documentId: id, leadDelegationId: lead, createdBy: 'u' }),
  })
  const ask = { requestId: id, sourceName: 'S', currency: 'USD' }
  await db.insert(financingAsks).values({ id, ...ask, institutionId: asked })
  if (also) await db.insert(financingAsks).values({ id: randomUUID(), ...ask, institutionId: 'agency' })
  if (named) await db.insert(askReaders).values({ askId: id, delegationId: named })
  return [id]
}

async function financingOf(actor: Actor, id: string) {
  const rows = (where: SQL) =>
    db
      .select({ id: financingAsks.id })
      .from(financingAsks)
      .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
      .where(and(eq(financingAsks.id, id), where))
  const requests = await db
    .select({ id: financingRequests.id })
    .from(financingRequests)
    .where(and(eq(financingRequests.id, id), visibleRequest(actor)))
  return [
    {
      seen: requests.length === 1,
      asks: (await rows(visibleAsk(actor))).length === 1,
      money: (await rows(visibleMoney(actor))).length === 1,
    },
  ] as const
}

test('what a list shows is what `can` allows, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      async ({ actor, owner, lead, projectMarking, marking, state, readers, grants, ...more }) => {
        const { partReaders, audiences, ...money } = more
        const [projectId, proposalId] = [randomUUID(), randomUUID()]
        const [caseId, textId, partId, termsId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
        await db.insert(projects).values({
          id: projectId,
          title: 'P',
          marking: projectMarking,
          state: 'idea',
          ownerDelegationId: owner,
        })
        if (readers.length)
          await db.insert(projectReaders).values(readers.map((delegationId) => ({ projectId, delegationId })))
        const kinds = [
          [caseId, 'proposal'],
          [textId, 'text'],
          [partId, 'part'],
          [termsId, 'terms'],
        ] as const
        await db.insert(channels).values(kinds.map(([id]) => ({ id, kind: 'document' as const })))
        await db.insert(documents).values(
          kinds.map(([id, kind]) => ({
            ...{ id, channelId: id, kind, title: kind, ownerDelegationId: lead, createdBy: 'u' },
            marking: kind === 'part' || kind === 'terms' ? ('restricted' as const) : marking,
          })),
        )
        await db.insert(proposals).values({
          id: proposalId,
          projectId,
          documentId: caseId,
          title: 'D',
          state,
          marking,
          leadDelegationId: lead,
          createdBy: 'u',
        })
        const given = grants.filter((grant) => grant.delegationId !== lead)
        const named = partReaders.filter((delegationId) => delegationId !== lead)
        const granted = [
          ...[caseId, textId].flatMap((documentId) => given.map((grant) => ({ documentId, ...grant }))),
          ...named.map((delegationId) => ({ documentId: partId, delegationId, level: 'read' as const })),
        ]
        if (granted.length)
          await db.insert(documentGrants).values(granted.map((grant) => ({ ...grant, grantedBy: 'u' })))
        await db
          .insert(documentParts)
          .values({ documentId: partId, wholeId: caseId, kind: 'commercial_terms', audiences })
        const askIds = await insertRequest(projectId, { lead, marking, given, ...money })
        const requestId = askIds[0]
        const [request, ask, askText] = [
          await scopedRequest(db, requestId),
          await scopedAsk(db, requestId),
          await scopedDocument(db, requestId),
        ]
        if (!request || !ask) throw new Error('the request is not there')
        const [{ seen, asks, money: sums }] = await financingOf(actor, requestId)
        expect({ seen, asks, sums }).toEqual({
          seen: can(actor, 'see', request.scope),
          asks: can(actor, 'see', ask.scope),
          sums: can(actor, 'money', ask.scope),
        })
        // The document of its text is read by whom the request says.
        if (askText) expect(can(actor, 'read', askText.scope)).toBe(can(actor, 'read', request.scope))
        await db
          .update(financingAsks)
          .set({ termsDocumentId: termsId })
          .where(eq(financingAsks.id, requestId))
        const project = await scopedProject(db, projectId)
        const proposal = await scopedDocument(db, caseId)
        const text = await scopedDocument(db, textId)
        const part = await scopedDocument(db, partId)
        const terms = await scopedDocument(db, termsId)
        if (!project || !proposal || !text || !part || !terms) throw new Error('what was made is not there')
        const texts = [proposal, text, part, terms, ...(askText ? [askText] : [])]
        expect(
          (
            await readableOf(
              actor,
              texts.map(({ id }) => id),
            )
          ).sort(),
        ).toEqual(texts.flatMap(({ id, scope }) => (can(actor, 'read', scope) ? [id] : [])).sort())
        const listed = {
          project:
            (
              await db
                .select()
                .from(projects)
                .where(and(eq(projects.id, projectId), visibleProject(actor)))
            ).length === 1,
          known:
            (
              await db
                .select()
                .from(proposals)
                .where(and(eq(proposals.id, proposalId), visibleProposal(actor)))
            ).length === 1,
          read:
            (
              await db
                .select()
                .from(proposals)
                .where(and(eq(proposals.id, proposalId), readableProposal(actor)))
            ).length === 1,
          text:
            (
              await db
                .select()
                .from(documents)
                .where(and(eq(documents.id, textId), readableText(actor)))
            ).length === 1,
        }
        expect(listed).toEqual({
          project: can(actor, 'see', project.scope),
          known: can(actor, 'see', proposal.scope),
          read: can(actor, 'read', proposal.scope),
          text: can(actor, 'read', text.scope),
        })
      },
    ),
    { numRuns: 120 },
  )
})
