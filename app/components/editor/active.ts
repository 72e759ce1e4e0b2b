import { type Editor, useEditorState } from '@tiptap/react'
import { ALL_ACTS } from './acts'

export type Active = {
  acts: readonly string[]
  link: boolean
  table: boolean
  picture: boolean
  note: boolean
}
const NONE: Active = { acts: [], link: false, table: false, picture: false, note: false }

/** What holds where the caret stands; renders again only when that changes. */
export function useActive(editor: Editor | null): Active {
  return (
    useEditorState({
      editor,
      selector: ({ editor: current }): Active =>
        current && !current.isDestroyed
          ? {
              acts: ALL_ACTS.filter((act) => act.active?.(current)).map((act) => act.name),
              link: current.isActive('link'),
              table: current.isActive('table'),
              picture: current.isActive('image'),
              note: current.isActive('footnote'),
            }
          : NONE,
    }) ?? NONE
  )
}
