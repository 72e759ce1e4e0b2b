import type * as Y from 'yjs'
import { suggestionIdOf } from '../../domain/suggestion'
import { claim } from './claims'
import { lettersOf, textsWithin } from './letters'

/**
 * Claims the suggestions over letters that this document's own client wrote, where no browser does: an earlier version is
 * brought back with the suggestions that were open then.
 */
export function claimNew(doc: Y.Doc, fragments: readonly string[]): void {
  for (const name of fragments) {
    for (const text of textsWithin(doc.getXmlFragment(name))) {
      for (const [key, { value, letters }] of lettersOf(text).marked) {
        const own = [...letters.values()].filter(([client]) => client === doc.clientID)
        if (own.length > 0) claim(doc, key, suggestionIdOf(value), { on: own, off: [] })
      }
    }
  }
}
