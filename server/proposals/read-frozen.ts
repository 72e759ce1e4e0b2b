import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { frozenVersion } from '../../db/queries/frozen'
import { frozenParts } from '../../db/queries/parts'
import { frozenText } from '../documents/frozen-text'
import type { DocumentWorker } from '../documents/worker-client'

/** A frozen version as text by section with its key facts; with what differs from an earlier one when `since` names it. */
export async function readFrozen(
  { db, documents }: { db: Database; documents: DocumentWorker },
  actor: Actor,
  proposalId: string,
  number: number,
  since: number | null,
) {
  const { version, earlier, minerals, document, ...page } = await frozenVersion(
    db,
    actor,
    proposalId,
    number,
    since,
  )
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
  const restricted = await frozenParts(db, actor, document, version.id)
  return {
    ...page,
    parts: await Promise.all(
      restricted.parts.map(async ({ kind, label, frozen }) => ({
        ...{ kind, label, sha256: frozen?.sha256 ?? null },
        sections: frozen ? await frozenText(documents, frozen, page.lead.id, minerals) : null,
      })),
    ),
    ask: restricted.ask,
    number: version.number,
    sha256: version.sha256,
    submittedAt: version.submittedAt,
    earlier: earlier?.number ?? null,
    sections: shown.sections,
    facts: shown.facts,
  }
}
