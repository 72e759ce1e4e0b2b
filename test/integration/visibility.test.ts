/** The rules as code (`can`) and as SQL (`visibility.ts`) say the same, for random people, markings, grants and states. */
import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { MARKINGS } from '../../app/domain/marking'
import { type Actor, DELEGATION_ROLES, SECRETARIAT_ROLES } from '../../app/domain/people'
import { PROPOSAL_STATES } from '../../app/domain/project-stage'
import { can, GRANT_LEVELS } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedDocument } from '../../db/queries/documents'
import { scopedProject } from '../../db/queries/project-scope'
import { readableProposal, readableText, visibleProject, visibleProposal } from '../../db/queries/visibility'
import { organization, user } from '../../db/schema/auth'
import { channels } from '../../db/schema/channels'
import { documentGrants, documents, projectReaders, projects, proposals } from '../../db/schema/projects'
import { testDatabase } from '../harness/database'

const DELEGATIONS = ['a', 'b', 'c'] as const
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
  grants: fc.uniqueArray(fc.record({ delegationId: delegation, level: fc.constantFrom(...GRANT_LEVELS) }), {
    selector: (g) => g.delegationId,
  }),
})

test('what a list shows is what `can` allows, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      async ({ actor, owner, lead, projectMarking, marking, state, readers, grants }) => {
        const [projectId, proposalId, caseId, textId] = [
          randomUUID(),
          randomUUID(),
          randomUUID(),
          randomUUID(),
        ]
        await db.insert(projects).values({
          id: projectId,
          title: 'P',
          marking: projectMarking,
          state: 'idea',
          ownerDelegationId: owner,
        })
        if (readers.length)
          await db.insert(projectReaders).values(readers.map((delegationId) => ({ projectId, delegationId })))
        await db.insert(channels).values([caseId, textId].map((id) => ({ id, kind: 'document' as const })))
        await db.insert(documents).values([
          {
            id: caseId,
            channelId: caseId,
            kind: 'proposal',
            title: 'D',
            marking,
            ownerDelegationId: lead,
            createdBy: 'u',
          },
          {
            id: textId,
            channelId: textId,
            kind: 'text',
            title: 'T',
            marking,
            ownerDelegationId: lead,
            createdBy: 'u',
          },
        ])
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
        if (given.length) {
          await db
            .insert(documentGrants)
            .values(
              [caseId, textId].flatMap((documentId) =>
                given.map((grant) => ({ documentId, ...grant, grantedBy: 'u' })),
              ),
            )
        }

        const project = await scopedProject(db, projectId)
        const proposal = await scopedDocument(db, caseId)
        const text = await scopedDocument(db, textId)
        if (!project || !proposal || !text) throw new Error('what was made is not there')
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
