import { useEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import type { OpenDocument } from '../../collab/document-types'

/** Undo is of the whole document: what it changed is brought into sight, and said. */
export function UndoneWhere({
  document: { doc, undo },
  titleOf,
}: {
  document: OpenDocument
  titleOf: (fragment: string) => string | null
}) {
  const [words, setWords] = useState('')
  const latest = useRef(titleOf)
  latest.current = titleOf
  useEffect(() => {
    const onPopped = ({ type, changedParentTypes }: Popped) => {
      const fragment = sectionOf(doc, changedParentTypes.keys())
      const title = fragment && latest.current(fragment)
      setWords(`${type === 'undo' ? 'Undone' : 'Done again'}${title ? ` in ${title}` : ''}`)
      if (!fragment) return
      const section = window.document.getElementById(fragment)
      if (section && !isOnScreen(section)) section.scrollIntoView({ block: 'start' })
    }
    undo.on('stack-item-popped', onPopped)
    return () => undo.off('stack-item-popped', onPopped)
  }, [doc, undo])
  return (
    <p role="status" className="sr-only">
      {words}
    </p>
  )
}

type Popped = { type: 'undo' | 'redo'; changedParentTypes: { keys: () => Iterable<object> } }

/** The name of the first shared type that what was changed belongs to. */
function sectionOf(doc: Y.Doc, changed: Iterable<object>): string | null {
  for (const type of changed) {
    for (const [name, shared] of doc.share) if (shared === type) return name
  }
  return null
}

function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 120 && top < window.innerHeight - 60
}
