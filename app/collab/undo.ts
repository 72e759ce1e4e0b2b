/**
 * One undo for a whole document, over all its fragments and fields: Ctrl+Z takes back one's own last act wherever it
 * was, and never a colleague's. Hand it to every section's editor:
 *
 *     Collaboration.configure({ document: doc, field: fragment, yUndoOptions: { undoManager: document.undo } })
 *
 * What is done in this tab is one's own, whichever origin its transaction has; only what came from the channel is not.
 */
import * as Y from 'yjs'
import { REMOTE } from './origins'

/** Acts in the same place within this time are one. */
const ONE_ACT_MS = 500
/** Undoing the creation of one of these must not take away what others wrote into it since (as y-tiptap does it). */
const PROTECTED_NODES = new Set(['paragraph', 'heading'])

class LocalOrigins extends Set<unknown> {
  override has(origin: unknown): boolean {
    return origin !== REMOTE
  }
}

export class DocumentUndo extends Y.UndoManager {
  constructor(doc: Y.Doc) {
    let last = ''
    super(doc, {
      captureTimeout: ONE_ACT_MS,
      trackedOrigins: new LocalOrigins(),
      deleteFilter,
      captureTransaction: (transaction) => {
        if (transaction.origin === REMOTE || transaction.changed.size === 0) return false
        if (transaction.meta.get('addToHistory') === false) return false
        const place = placeOf(transaction)
        if (place !== last) this.stopCapturing()
        last = place
        return true
      },
    })
  }

  /** Every editor's undo plugin destroys the manager that it was given; this one outlives them. */
  override destroy(): void {}

  /** Ends it, with the document. */
  end(): void {
    super.destroy()
  }
}

/** Where an act was: a fragment, or the fields that it changed. */
function placeOf({ changed, doc }: Y.Transaction): string {
  const places = new Set<string>()
  for (const [type, keys] of changed) {
    const root = rootOf(type)
    for (const [name, shared] of doc.share) {
      if (shared !== root) continue
      for (const key of type === root ? keys : [null]) places.add(key === null ? name : `${name} ${key}`)
    }
  }
  return [...places].sort().join('\n')
}

type AnyType = Y.AbstractType<unknown>

function rootOf(type: { parent: AnyType | null }): unknown {
  let at = type
  while (at.parent) at = at.parent
  return at
}

function deleteFilter(item: Y.Item): boolean {
  if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentType)) return true
  const { type } = item.content
  const holdsText =
    type instanceof Y.Text || (type instanceof Y.XmlElement && PROTECTED_NODES.has(type.nodeName))
  return !holdsText || type._length === 0
}
