import type { AnyExtension } from '@tiptap/core'
import type { FragmentGuard } from '../../collab/fragment-guard'

/** The binding to Yjs, let go of before it sees what the editor would delete, and not made when that is there already. */
export const guarded = (binding: AnyExtension, guard: FragmentGuard): AnyExtension =>
  binding.extend({
    addProseMirrorPlugins() {
      return guard.strange.get() ? [] : (this.parent?.() ?? [])
    },
    onBeforeCreate(event) {
      this.parent?.(event)
      const free = guard.bind(() => this.editor.destroy())
      this.editor.on('destroy', free)
    },
  })
