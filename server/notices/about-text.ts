import type { ScopedDocument } from '../../db/queries/documents'
import type { Notice } from './notify'

/**
 * What decides who may read a notice of a text, now and later; null for a part with readers of its own, which no rule of
 * notices knows.
 */
export function aboutText({ kind, id, proposal, request, session }: ScopedDocument): Notice['about'] | null {
  if (proposal) return { kind: 'proposal_text', id: proposal.id }
  if (kind === 'request' && request) return { kind: 'request_text', id: request.id }
  if (session) return { kind: 'session_text', id }
  return kind === 'text' ? { kind: 'text', id } : null
}
