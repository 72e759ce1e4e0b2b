import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { frozenVersion } from '../../db/queries/frozen'
import type { DocumentWorker } from '../documents/worker-client'

/** A frozen version as text by section with its key facts; with what differs from an earlier one when `since` names it. */
export async function readFrozen(
  { db, documents }: { db: Database; documents: DocumentWorker },
  actor: Actor,
  proposalId: string,
  number: number,
  since: number | null,
) {
  const { version, earlier, minerals, ...page } = await frozenVersion(db, actor, proposalId, number, since)
  // The worker reads a log: here it is one of the versions themselves, which hold the whole document each.
  const parts = [...(earlier ? [earlier] : []), version]
  const bytes = Buffer.concat(parts.map(({ data }) => data))
  const shown = await documents.run('history', {
    log: {
      data: new Uint8Array(bytes),
      lines: parts.map((part, index) => ({
        ...{ seq: index + 1, userId: part.submittedBy, organizationId: page.lead.id },
        ...{ at: part.submittedAt.getTime(), length: part.data.length },
      })),
      owners: [],
      restores: [],
    },
    kind: 'proposal',
    at: parts.length,
    from: earlier ? 1 : parts.length,
    compare: earlier !== null,
    minerals,
  })
  return {
    ...page,
    number: version.number,
    sha256: version.sha256,
    submittedAt: version.submittedAt,
    earlier: earlier?.number ?? null,
    sections: shown.sections,
    facts: shown.facts,
  }
}
