import { useEffect, useState } from 'react'
import type * as Y from 'yjs'
import { textOf } from '../../collab/schema/readable'

/** The words of a section that no editor of this version can hold: to be read, and not to be changed. */
export function KeptText({ fragment, label }: { fragment: Y.XmlFragment; label: string }) {
  const [lines, setLines] = useState(() => textOf(fragment))
  useEffect(() => {
    const read = () => setLines(textOf(fragment))
    read()
    fragment.observeDeep(read)
    return () => fragment.unobserveDeep(read)
  }, [fragment])
  return (
    <section aria-label={label}>
      <p role="status" className="mb-3 border border-l-4 border-ochre bg-well px-3 py-2 text-sm">
        This section holds something that this version of the portal does not know; it is shown as text and
        kept as it is.
      </p>
      <div className="document-text whitespace-pre-wrap">{lines.join('\n\n')}</div>
    </section>
  )
}
