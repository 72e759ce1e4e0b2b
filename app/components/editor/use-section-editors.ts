import type { Editor } from '@tiptap/react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { type Contents, firstNotesOf, sameContents } from './contents'

/** The editors of a text's sections, and what is in each: both as the editors tell it. */
export function useSectionEditors(sections: readonly { fragment: string }[]) {
  const editors = useRef(new Map<string, Editor>())
  const [contents, setContents] = useState<Readonly<Record<string, Contents>>>({})

  /** Out: whether the section had no editor before, or another. */
  const tell = useCallback((fragment: string, now: Contents, editor: Editor): boolean => {
    const isNew = editors.current.get(fragment) !== editor
    editors.current.set(fragment, editor)
    setContents((all) => (!isNew && sameContents(all[fragment], now) ? all : { ...all, [fragment]: now }))
    return isNew
  }, [])

  /** Sections that an editor shows, in their order: known once each told what is in it. */
  const open = useMemo(
    () =>
      sections.flatMap(({ fragment }) => {
        const shown = contents[fragment] && editors.current.get(fragment)
        return shown && !shown.isDestroyed ? [{ fragment, editor: shown }] : []
      }),
    [sections, contents],
  )
  return { editors, contents, tell, open, firstNotes: firstNotesOf(sections, contents) }
}
