import type { Editor } from '@tiptap/react'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { colorOf } from '../../collab/colors'
import type { OpenDocument } from '../../collab/document-types'
import { type Suggestion, suggestionAt } from '../../collab/suggest/in-text'
import { settle, type Verdict } from '../../collab/suggest/settle'
import { isSuggestionId, newSuggestionId, type SuggestionAuthor } from '../../domain/suggestion'
import { toast } from '../ui/toast'
import { askAuthors } from './ask-authors'
import { drawSuggestions, type SuggestingNow } from './suggesting'

/** Somebody goes on typing: their suggestion is asked about when it is in the log. */
const ASK_MS = 1500
const MODE = 'forge.suggesting'

export type Placed = Suggestion & { fragment: string }

/** The suggestions of an open text: whether one makes them, whose they are, and settling them. */
export function useSuggesting({
  document,
  account,
  sections,
  editors,
  editable,
  focused,
  show,
}: {
  document: OpenDocument
  account: string
  sections: readonly { fragment: string }[]
  editors: RefObject<ReadonlyMap<string, Editor>>
  editable: boolean
  focused: { editor: Editor; fragment: string } | null
  show: (what: 'Text' | 'Suggestions') => void
}) {
  const [isChosen, choose] = useState(() => window.sessionStorage.getItem(MODE) === 'on')
  const [found, setFound] = useState<Readonly<Record<string, readonly Suggestion[]>>>({})
  const [active, setActive] = useState<string | null>(null)
  const isOn = isChosen && editable
  const now = useRef({ isOn, show, active })
  now.current = { isOn, show, active }
  const own = useRef(new Set<string>())
  const authors = useAuthors(document.channelId, found, own.current)
  const authorsNow = useRef(authors)
  authorsNow.current = authors

  // What an editor is made with stays the same as long as it lives.
  const hooks = useMemo(() => {
    const isMine = (id: string) => own.current.has(id) || authorsNow.current.get(id)?.userId === account
    const asked: SuggestingNow = {
      isOn: () => now.current.isOn,
      isMine,
      newId: () => {
        const id = newSuggestionId(document.doc.clientID, [...crypto.getRandomValues(new Uint8Array(12))])
        own.current.add(id)
        return id
      },
      colorOf: (id) => {
        const userId = authorsNow.current.get(id)?.userId
        if (userId) return colorOf(userId)
        return own.current.has(id) ? colorOf(account) : null
      },
    }
    return {
      now: asked,
      onPick: (id: string) => {
        setActive(id)
        now.current.show('Suggestions')
      },
      onSuggestions: (fragment: string, all: readonly Suggestion[]) =>
        setFound((before) => (same(before[fragment] ?? [], all) ? before : { ...before, [fragment]: all })),
    }
  }, [document, account])

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when an author becomes known
  useEffect(() => {
    for (const editor of editors.current?.values() ?? []) drawSuggestions(editor, active)
  }, [active, authors, editors])

  const all: Placed[] = sections.flatMap(({ fragment }) =>
    (found[fragment] ?? []).map((suggestion) => ({ ...suggestion, fragment })),
  )

  function toggle() {
    if (!editable) return
    window.sessionStorage.setItem(MODE, isChosen ? 'off' : 'on')
    choose(!isChosen)
    toast(isChosen ? 'What you write changes the text again.' : 'What you write is suggested from now on.')
  }

  function settleAll(verdict: Verdict, isMeant: (id: string) => boolean) {
    if (!editable) return
    // A suggestion may cover, for a moment, what somebody else has just written.
    document.checkSuggestions()
    for (const editor of editors.current?.values() ?? []) {
      const now = () => (editor.isDestroyed ? null : editor.state)
      settle(now, (tr) => editor.view.dispatch(tr), verdict, isMeant)
    }
    setActive(null)
  }

  /** To the next suggestion after the caret, or the one before it; round the end of the text. */
  function step(by: 1 | -1) {
    if (all.length === 0) return toast('Nothing is suggested in this text.')
    const at = all.findIndex(({ id }) => id === (here() ?? active))
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]
    if (next) goTo(next)
  }

  const here = () =>
    focused && !focused.editor.isDestroyed
      ? suggestionAt(focused.editor.state.doc, focused.editor.state.selection.from)
      : null

  function goTo({ id, fragment, from }: Placed) {
    setActive(id)
    show('Text')
    // On a phone the text has to come forward first.
    requestAnimationFrame(() => {
      const editor = editors.current?.get(fragment)
      if (!editor || editor.isDestroyed || from > editor.state.doc.content.size) return
      const { node } = editor.view.domAtPos(from)
      const element = node instanceof Element ? node : node.parentElement
      element?.scrollIntoView({ block: 'center' })
      // On a phone the keyboard would come up over what one wants to read.
      if (!window.matchMedia('(hover: hover)').matches) return
      editor.commands.setTextSelection(from + 1)
      editor.view.dom.focus({ preventScroll: true })
    })
  }

  function onKey(event: KeyboardEvent) {
    const isOurs = (event.ctrlKey || event.metaKey) && event.altKey && !event.shiftKey
    // AltGr types a letter with it on many keyboards.
    if (!isOurs || event.getModifierState('AltGraph')) return
    const act = KEYS[event.code]
    if (!act) return
    event.preventDefault()
    if (act === 'toggle') return toggle()
    if (act === 'next' || act === 'previous') return step(act === 'next' ? 1 : -1)
    const id = here() ?? (all.some((one) => one.id === active) ? active : null)
    if (!id) return toast('The caret is in no suggestion.')
    settleAll(act, (one) => one === id)
    toast(act === 'accept' ? 'Accepted.' : 'Rejected.')
  }
  const onKeyNow = useRef(onKey)
  onKeyNow.current = onKey
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyNow.current(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  const firstIn = (fragment: string) => all.find((one) => one.fragment === fragment)
  const addressed = useRef(false)
  useEffect(() => {
    // The completeness check links to the first suggestion of a section.
    const [, fragment] = /^#suggestions-(\w+)$/.exec(window.location.hash) ?? []
    const first = fragment && !addressed.current ? firstIn(fragment) : undefined
    if (!first) return
    addressed.current = true
    setActive(first.id)
    now.current.show('Suggestions')
    const editor = editors.current?.get(first.fragment)
    editor?.view.dom.querySelector(`[data-suggestion="${first.id}"]`)?.scrollIntoView({ block: 'center' })
  })

  return {
    ...{ isOn, toggle, hooks, all, authors, active, goTo, settleAll },
    isOwn: useCallback((id: string) => hooks.now.isMine(id), [hooks]),
    /** Whether its author is not read from the log yet, though the suggestion was made on this page. */
    isFresh: (id: string) => own.current.has(id) && !authors.has(id),
  }
}

export type Suggestions = ReturnType<typeof useSuggesting>

const KEYS: Record<string, 'toggle' | 'accept' | 'reject' | 'next' | 'previous'> = {
  KeyX: 'toggle',
  KeyA: 'accept',
  KeyR: 'reject',
  Period: 'next',
  Comma: 'previous',
}

/** The authors of the suggestions in a text, asked of the portal as they become known there. */
function useAuthors(
  documentId: string,
  found: Readonly<Record<string, readonly Suggestion[]>>,
  own: ReadonlySet<string>,
): ReadonlyMap<string, SuggestionAuthor> {
  const [authors, setAuthors] = useState<ReadonlyMap<string, SuggestionAuthor>>(new Map())
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const ids = Object.values(found).flatMap((all) => all.map(({ id }) => id))
    const unknown = [...new Set(ids)].filter((id) => isSuggestionId(id) && !authors.has(id))
    if (unknown.length === 0) return
    let isOver = false
    const timer = setTimeout(
      async () => {
        const known = await askAuthors(documentId, unknown)
        if (isOver) return
        if (known.length > 0)
          setAuthors((before) => new Map([...before, ...known.map((one) => [one.id, one] as const)]))
        // What is not committed yet, or could not be asked: later again.
        if (known.length < unknown.length) setTurn(turn + 1)
      },
      turn === 0 || unknown.some((id) => !own.has(id)) ? ASK_MS / 3 : ASK_MS * 2,
    )
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [documentId, found, authors, turn, own])
  return authors
}

const same = (a: readonly Suggestion[], b: readonly Suggestion[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index]
    return (
      other?.id === one.id &&
      other.from === one.from &&
      other.to === one.to &&
      other.inserted === one.inserted &&
      other.deleted === one.deleted
    )
  })
