/** How links to the portal's objects show in a text that is written: with their label of now, where it may be seen. */
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView, NodeView } from '@tiptap/pm/view'
import { NOT_AVAILABLE, readRef } from '../../domain/portal-link'
import { labelOf, onLabels } from '../documents/portal-labels'

class PortalLinkView implements NodeView {
  readonly dom = window.document.createElement('a')
  readonly #end: () => void
  #node: Node

  constructor(node: Node, view: EditorView) {
    this.#node = node
    this.dom.className = 'portal-link'
    this.dom.addEventListener('click', (event) => {
      const path = this.dom.getAttribute('href')
      event.preventDefault()
      // As links in the text: a click places the caret where one writes, and follows where one reads.
      if (path && (!view.editable || event.ctrlKey || event.metaKey)) window.open(path, '_blank', 'noopener')
    })
    this.#end = onLabels(() => this.#draw())
    this.#draw()
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false
    this.#node = node
    this.#draw()
    return true
  }

  ignoreMutation = () => true

  destroy(): void {
    this.#end()
  }

  #draw(): void {
    const ref = readRef(this.#node.attrs)
    const label = ref ? labelOf(ref) : null
    this.dom.textContent = label === undefined ? '…' : (label?.label ?? NOT_AVAILABLE)
    this.dom.toggleAttribute('data-hidden', !label)
    if (label) this.dom.setAttribute('href', label.path)
    else this.dom.removeAttribute('href')
  }
}

export const PortalLinkViews = Extension.create({
  name: 'portalLinkViews',
  addProseMirrorPlugins: () => [
    new Plugin({ props: { nodeViews: { portalLink: (node, view) => new PortalLinkView(node, view) } } }),
  ],
})
