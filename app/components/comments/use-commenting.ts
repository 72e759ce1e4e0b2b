import type { Editor } from '@tiptap/react'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OpenDocument } from '../../collab/document-types'
import { passageBetween } from '../../collab/passage'
import type { CommentThread, Passage, ThreadFilter } from '../../domain/comment'
import { toast } from '../ui/toast'
import { type ShownThread, type Spans, shownIn, showThreads, spanOf, threadAt } from './highlight'
import { useComments } from './use-comments'

/** What marks the passage of a comment that is only being written. */
const NEW = 'new'

/** The comments of an open text and the passages they hang on: both ways between them. */
export function useCommenting({
  document,
  account,
  sections,
  editors,
  isThere,
  focused,
  show,
}: {
  document: OpenDocument
  account: string
  sections: readonly { fragment: string }[]
  /** The sections' editors, by fragment. */
  editors: RefObject<ReadonlyMap<string, Editor>>
  /** The text is shown. */
  isThere: boolean
  /** The section that somebody writes in. */
  focused: { editor: Editor; fragment: string } | null
  /** Brings the text, or the comments, forward. */
  show: (what: 'Text' | 'Comments') => void
}) {
  const comments = useComments(
    document,
    account,
    sections.map(({ fragment }) => fragment),
  )
  const { all, places } = comments
  const [filter, setFilter] = useState<ThreadFilter>('open')
  const [active, setActive] = useState<string | null>(null)
  const [beginning, setBeginning] = useState<Passage | null>(null)
  const latest = useRef({ show, comments })
  latest.current = { show, comments }

  const given = useMemo(() => {
    // What is resolved leaves the text, unless it is looked at among the resolved ones.
    const threads: ShownThread[] = (all?.threads ?? []).map(({ id, passage, state }) => ({
      ...{ id, passage, isQuiet: state !== 'open' && (filter === 'open' || id !== active) },
    }))
    if (beginning) threads.push({ id: NEW, passage: beginning, isQuiet: false })
    return { threads, active: beginning ? NEW : active }
  }, [all, active, beginning, filter])
  const givenNow = useRef(given)
  useEffect(() => {
    givenNow.current = given
    for (const editor of editors.current?.values() ?? []) showThreads(editor, given)
  }, [given, editors])

  /** A thread to the front, in a list that shows it. */
  const pick = useCallback((id: string) => {
    if (id === NEW) return
    const { comments: now, show: bring } = latest.current
    const thread = now.all?.threads.find((one) => one.id === id)
    if (!thread) return
    setActive(id)
    setFilter((before) => (before === 'mine' ? before : thread.state))
    bring('Comments')
    focusThread(id)
  }, [])
  const onPlaces = useCallback((fragment: string, spans: Spans) => places.set(fragment, spans), [places])
  // What an editor is made with stays the same as long as it lives.
  const hooks = useMemo(() => ({ onPick: pick, onPlaces }), [pick, onPlaces])

  const isHere = isThere && all !== null
  useEffect(() => {
    const [, id] = /^#thread-(.+)$/.exec(window.location.hash) ?? []
    if (!isHere || !id) return
    pick(id)
    // After the sections have drawn their text.
    const soon = setTimeout(() => {
      for (const editor of editors.current?.values() ?? []) {
        const span = spanOf(editor, id)
        if (span) elementAt(editor, span.from)?.scrollIntoView({ block: 'center' })
      }
    }, 200)
    return () => clearTimeout(soon)
  }, [isHere, pick, editors])

  /** Begins a comment on what is selected; on the paragraph where nothing is; or goes to the thread there. */
  function begin() {
    const place = selectedIn(editors.current) ?? focused
    if (!place || place.editor.isDestroyed) return toast('Select a passage of the text first.')
    const { editor, fragment } = place
    const { $from, from, to, empty } = editor.state.selection
    const known = empty ? threadAt(editor) : null
    if (known) return pick(known)
    const shown = shownIn(editor.state)
    const span = empty && $from.parent.isTextblock ? { from: $from.start(), to: $from.end() } : { from, to }
    const passage = (shown && passageBetween(shown, fragment, span)) ?? wholeOf(fragment)
    setBeginning(passage)
    setActive(null)
    show('Comments')
  }
  const beginNow = useRef(begin)
  beginNow.current = begin
  const mayComment = all?.mayComment === true
  useEffect(() => {
    // Of the whole page: whoever may not write has the focus nowhere.
    const onKey = (event: KeyboardEvent) => {
      if (!mayComment || !isCommentKey(event)) return
      event.preventDefault()
      beginNow.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [mayComment])

  return {
    ...{ comments, filter, setFilter, active, beginning, hooks },

    /** An editor is there, perhaps anew: it is told of the threads. */
    attach: useCallback((editor: Editor) => showThreads(editor, givenNow.current), []),

    begin,
    /** The comment was stored under the id, or given up. */
    end(thread: string | null) {
      const from = beginning
      setBeginning(null)
      if (thread) {
        setActive(thread)
        setFilter('open')
        return focusThread(thread)
      }
      const editor = from && editors.current?.get(from.fragment)
      if (editor && !editor.isDestroyed) editor.view.focus()
    },

    /** Goes to the passage of a thread. */
    showThread({ id, passage: { fragment, ranges } }: CommentThread) {
      setActive(id)
      show('Text')
      // On a phone the text has to come forward first.
      requestAnimationFrame(() => {
        const editor = editors.current?.get(fragment)
        const span = editor && spanOf(editor, id)
        if (editor && span && ranges.length > 0) return showSpan(editor, span.from)
        window.document.getElementById(fragment)?.scrollIntoView({ block: 'start' })
      })
    },
  }
}

export type Commenting = ReturnType<typeof useCommenting>

/** Not AltGr, which types a letter with it on many keyboards. */
const isCommentKey = (event: KeyboardEvent) =>
  (event.ctrlKey || event.metaKey) &&
  event.altKey &&
  event.code === 'KeyM' &&
  !event.getModifierState('AltGraph')

const wholeOf = (fragment: string): Passage => ({ fragment, ranges: [], quote: '', before: '', after: '' })

/** The section in which the reader has selected something; they may not write, and then no editor has the focus. */
function selectedIn(editors: ReadonlyMap<string, Editor> | null) {
  const at = window.getSelection()?.anchorNode
  if (!at) return null
  for (const [fragment, editor] of editors ?? [])
    if (!editor.isDestroyed && editor.view.dom.contains(at)) return { editor, fragment }
  return null
}

function focusThread(id: string): void {
  // After the list that shows it has been drawn.
  setTimeout(() => {
    const article = window.document.getElementById(`thread-${id}`)
    article?.scrollIntoView({ block: 'nearest' })
    if (window.matchMedia('(hover: hover)').matches && !isWriting()) article?.focus({ preventScroll: true })
  })
}

/** The caret stays where somebody writes: they only clicked into a passage. */
const isWriting = () =>
  window.document.activeElement instanceof HTMLElement && window.document.activeElement.isContentEditable

function showSpan(editor: Editor, from: number): void {
  elementAt(editor, from)?.scrollIntoView({ block: 'center' })
  // On a phone the keyboard would come up over what one wants to read.
  if (!window.matchMedia('(hover: hover)').matches) return
  editor.commands.setTextSelection(from)
  editor.view.dom.focus({ preventScroll: true })
}

function elementAt(editor: Editor, pos: number): Element | null {
  const { node } = editor.view.domAtPos(pos)
  return node instanceof Element ? node : node.parentElement
}
