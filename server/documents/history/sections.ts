import { BODY_FRAGMENT, PROPOSAL_SECTIONS } from '../../../app/domain/proposal-template'

/** The parts of a document's text, in order. */
export const sectionsOf = (
  kind: 'proposal' | 'text',
): readonly { fragment: string; title: string | null }[] =>
  kind === 'proposal' ? PROPOSAL_SECTIONS : [{ fragment: BODY_FRAGMENT, title: null }]
