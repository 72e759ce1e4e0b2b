import type { Editor } from '@tiptap/react'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { mayTypeNow, type OpenDocument } from '../../collab/document-types'
import { useAccess, useDocument, useLeaveWarning, usePeople, useStatus } from '../../collab/react'
import type { Place } from '../../domain/session/place'
import { newSuggestionId } from '../../domain/suggestion'
import type { Suggestions } from '../suggestions/use-suggesting'
import { Notes } from './notes'
import { OpeningNote } from './opening-note'
import { PaneTools } from './pane-tools'
import { PeopleHere } from './people-here'
import { blockRead, markPointed } from './pointed'
import { SaveIndicator } from './save-indicator'
import { SectionEditor } from './section-editor'
import { SectionFrame } from './section-frame'
import { SectionNotes } from './section-notes'
import { showPlace } from './show-place'
import { useSectionEditors } from './use-section-editors'
import type { WritingSection } from './writing'

export type TextPaneProps = {
  channelId: string
  account: string
  sections: readonly WritingSection[]
  /** What the text is called, for those who hear the page. */
  label: string
  /** What to bring forward, anew with every other object: a section, or a block of it; null: as one likes. */
  place: Place | null
  /** Above the text, given what tells which place of it one reads. */
  aboveText?: (read: () => Place | null) => ReactNode
  /** Beneath a section's title. */
  underTitle?: (section: WritingSection) => ReactNode
}

/** What scrolls around a text that stands beside something else. */
const SCROLLS = '[data-scrolls-text]'
/** Left above a section that is brought forward: the row of tools stands there. */
const ABOVE_PX = 96
/** Letters of a block that are said. */
const HEARD = 120

/**
 * A live text beside something else: its sections, who is in it, and what one needs to write where one may. Comments,
 * suggestions and history stand on the text's own page. Browser only.
 */
export default function TextPane(props: TextPaneProps) {
  const [opening, setOpening] = useState(0)
  return <Opening key={opening} {...props} reopen={() => setOpening((count) => count + 1)} />
}

function Opening(props: TextPaneProps & { reopen: () => void }) {
  const document = useDocument(props.channelId, props.account)
  return document ? <Opened {...props} document={document} /> : <OpeningNote />
}

const ignore = () => {}
const NO_COMMENTS = { onPick: ignore, onPlaces: ignore }

/** Suggestions are seen here, and neither made nor settled. */
function useSeenSuggestions(document: OpenDocument): Suggestions['hooks'] {
  return useMemo(() => {
    const own = new Set<string>()
    const newId = () => {
      const id = newSuggestionId(document.doc.clientID, [...crypto.getRandomValues(new Uint8Array(12))])
      own.add(id)
      return id
    }
    const now = { isOn: () => false, isMine: (id: string) => own.has(id), newId, colorOf: () => null }
    return { now, onPick: ignore, onSuggestions: ignore }
  }, [document])
}

function Opened({
  document,
  sections,
  label,
  place,
  aboveText,
  underTitle,
  reopen,
}: TextPaneProps & { document: OpenDocument; reopen: () => void }) {
  const status = useStatus(document)
  const access = useAccess(document)
  const people = usePeople(document)
  const suggestions = useSeenSuggestions(document)
  const [writing, setWriting] = useState<Editor | null>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const { editors, contents, tell, open, firstNotes } = useSectionEditors(sections)
  useLeaveWarning(status)
  const { synced } = status
  const editable = mayTypeNow(status, access)
  // Once all sections are there: what stands above it has its height then.
  const isThere = sections.every(({ fragment }) => contents[fragment])
  const pointedAt = useBroughtForward(synced && isThere ? place : null, sheet, editors)
  const read = (): Place | null => {
    const box = sheet.current?.closest(SCROLLS)?.getBoundingClientRect()
    if (!box) return null
    const sight = { top: Math.max(box.top, 0) + ABOVE_PX, bottom: Math.min(box.bottom, window.innerHeight) }
    // That in which one is, or was last, first.
    for (const { fragment, editor } of [...open].sort(
      (a, b) => Number(b.editor === writing) - Number(a.editor === writing),
    )) {
      const block = blockRead(editor, sight)
      if (block) return { fragment, block }
    }
    return null
  }
  if (status.state === 'closed' || !synced)
    return (
      <>
        <Notes status={status} access={access} document={document} reopen={reopen} />
        {status.state === 'closed' ? null : <OpeningNote />}
      </>
    )
  return (
    <section aria-label={label} className="@container">
      <div className="sticky top-0 z-10 border-b border-rule bg-paper">
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-1">
          <SaveIndicator status={status} />
          <PeopleHere people={people} />
        </div>
        {aboveText?.(read)}
        <p role="status" className="sr-only">
          {pointedAt}
        </p>
        {editable ? (
          <PaneTools
            documentId={document.channelId}
            undoManager={document.undo}
            editor={writing && !writing.isDestroyed ? writing : null}
          />
        ) : null}
      </div>
      {status.refused || status.aside ? (
        <Notes status={status} access={access} document={document} reopen={reopen} />
      ) : null}
      <div ref={sheet} className="document-sheet mt-2">
        {sections.map((section, nth) => (
          <SectionFrame
            key={section.fragment}
            section={section}
            number={nth + 1}
            head={section.title ? (underTitle?.(section) ?? null) : null}
          >
            <SectionEditor
              document={document}
              fragment={section.fragment}
              label={section.title ?? label}
              hint={section.hint}
              editable={editable}
              comments={NO_COMMENTS}
              suggestions={suggestions}
              onFocus={setWriting}
              onContents={tell}
            />
            <SectionNotes
              notes={contents[section.fragment]?.notes ?? []}
              first={firstNotes[section.fragment] ?? 1}
              title={section.title ?? 'the text'}
              onGo={(pos) => showPlace(editors.current.get(section.fragment), pos)}
            />
          </SectionFrame>
        ))}
      </div>
    </section>
  )
}

/** Brings a place to the top of what scrolls, and marks its block. Out: what it says, for those who hear the page. */
function useBroughtForward(
  place: Place | null,
  sheet: RefObject<HTMLElement>,
  editors: RefObject<Map<string, Editor>>,
): string {
  const [words, setWords] = useState('')
  useEffect(() => {
    const editor = place ? editors.current?.get(place.fragment) : undefined
    if (!place) return
    const block = editor && place.block ? markPointed(editor, place.block) : null
    // A block that was deleted meanwhile: its section.
    const section = sheet.current?.querySelector(`#${CSS.escape(place.fragment)}`) ?? null
    const there = block?.element ?? section ?? (place.block ? sheet.current : null)
    const box = sheet.current?.closest(SCROLLS)
    // Within its box: the page around it stays where it is.
    if (there && box)
      box.scrollTop += there.getBoundingClientRect().top - box.getBoundingClientRect().top - ABOVE_PX
    setWords(block ? `The chair points at: ${block.words.slice(0, HEARD)}` : '')
    return () => {
      if (editor) markPointed(editor, null)
      setWords('')
    }
  }, [place, sheet, editors])
  return words
}
