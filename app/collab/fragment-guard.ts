/**
 * Stands between a fragment and the editor that is bound to it. Whatever arrives is looked at before the binding sees
 * it: when the editor could not show it, it is let go of in that same moment, so that it deletes nothing.
 */
import type { Schema } from '@tiptap/pm/model'
import type * as Y from 'yjs'
import { Cell, type Readable } from './cell'
import { FragmentReader } from './schema/readable'

export class FragmentGuard {
  readonly #strange: Cell<boolean>
  readonly #bindings = new Cell(0)
  readonly #bound = new Set<() => void>()
  readonly #end: () => void

  constructor(doc: Y.Doc, fragment: string, schema: Schema) {
    const reader = new FragmentReader(doc.getXmlFragment(fragment), schema)
    this.#strange = new Cell(reader.isStrange)
    const look = (transaction: Y.Transaction) => {
      if (!reader.changed(transaction)) return
      const isStrange = reader.isStrange
      if (isStrange) for (const letGo of [...this.#bound]) letGo()
      this.#strange.set(isStrange)
    }
    // Before any observer, the binding's among them.
    doc.on('beforeObserverCalls', look)
    this.#end = () => doc.off('beforeObserverCalls', look)
  }

  /** Whether the fragment holds what an editor of this version would delete. */
  get strange(): Readable<boolean> {
    return this.#strange
  }

  /** Counts how often the fragment had to be bound anew. */
  get bindings(): Readable<number> {
    return this.#bindings
  }

  /** Its editor fell behind the document and was let go of: another is needed. */
  bindAnew(): void {
    this.#bindings.set(this.#bindings.get() + 1)
  }

  /** `letGo` is called, at most once, before the binding sees what it cannot show. Gives what ends it. */
  bind(letGo: () => void): () => void {
    const once = () => {
      this.#bound.delete(once)
      letGo()
    }
    this.#bound.add(once)
    return () => this.#bound.delete(once)
  }

  end(): void {
    this.#end()
    this.#bound.clear()
  }
}
