import type { AnyExtension, Editor } from '@tiptap/core'
import type { Plugin } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { FragmentGuard } from '../../collab/fragment-guard'

/**
 * The binding to Yjs, let go of before it sees what the editor would delete, and not made when that is there already.
 * A binding that fails to render a change (y-tiptap may lose its place when several people restructure the same lines)
 * leaves the editor behind the document: it is let go of too, and the section is bound anew.
 */
export const guarded = (binding: AnyExtension, guard: FragmentGuard): AnyExtension =>
  binding.extend({
    addProseMirrorPlugins() {
      if (guard.strange.get()) return []
      const plugins: Plugin[] = this.parent?.() ?? []
      const { editor } = this
      for (const plugin of plugins) {
        if (plugin.spec.key === ySyncPluginKey) catchFailures(plugin, () => failed(editor, guard))
      }
      return plugins
    },
    onBeforeCreate(event) {
      this.parent?.(event)
      const free = guard.bind(() => this.editor.destroy())
      this.editor.on('destroy', free)
    },
  })

function failed(editor: Editor, guard: FragmentGuard) {
  editor.destroy()
  guard.bindAnew()
}

type Observer = (...event: unknown[]) => void

/** y-tiptap has no hook for this: its plugin's state holds the binding, which observes when the view is made. */
function catchFailures(plugin: Plugin, onFailure: () => void) {
  const { init } = plugin.spec.state as unknown as { init: () => { binding: { _observeFunction: Observer } } }
  const { binding } = init()
  const observe = binding._observeFunction
  binding._observeFunction = (...event) => {
    try {
      observe(...event)
    } catch {
      onFailure()
    }
  }
}
