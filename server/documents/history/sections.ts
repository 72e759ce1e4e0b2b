import { BODY_FRAGMENT, PROPOSAL_SECTIONS } from '../../../app/domain/proposal-template'
import { REQUEST_SECTIONS } from '../../../app/domain/request-template'

export type DocumentKind = 'proposal' | 'text' | 'request'

/** The parts of a document's text, in order. */
export const sectionsOf = (kind: DocumentKind): readonly { fragment: string; title: string | null }[] =>
  SECTIONS[kind]

const SECTIONS: Record<DocumentKind, readonly { fragment: string; title: string | null }[]> = {
  proposal: PROPOSAL_SECTIONS,
  request: REQUEST_SECTIONS,
  text: [{ fragment: BODY_FRAGMENT, title: null }],
}
