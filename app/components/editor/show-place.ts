import type { Editor } from '@tiptap/react'

/**
 * Brings a heading or a footnote of a section into sight, and puts the caret there.
 * @param pos where it stood when the contents were read: a text that grew shorter since has no such place
 */
export function showPlace(editor: Editor | undefined, pos: number): void {
  if (!editor || editor.isDestroyed || pos > editor.state.doc.content.size) return
  const place = editor.view.nodeDOM(pos)
  if (place instanceof Element) place.scrollIntoView({ block: 'center' })
  // On a phone the keyboard would come up over what one wants to read.
  if (window.matchMedia('(hover: hover)').matches) {
    editor.commands.setTextSelection(pos + 1)
    editor.view.dom.focus({ preventScroll: true })
  }
}
