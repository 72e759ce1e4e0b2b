import type { Editor } from '@tiptap/react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { mayTypeNow, type OpenDocument } from '../../collab/document-types'
import { useAccess, useDocument, useLeaveWarning, usePeople, useStatus } from '../../collab/react'
import { newSuggestionId } from '../../domain/suggestion'
import type { Suggestions } from '../suggestions/use-suggesting'
import { type Contents, firstNotesOf, sameContents } from './contents'
import { Notes } from './notes'
import { PaneTools } from './pane-tools'
import { PeopleHere } from './people-here'
import { SaveIndicator } from './save-indicator'
import { SectionEditor } from './section-editor'
import { SectionFrame } from './section-frame'
import { SectionNotes } from './section-notes'
import { showPlace } from './show-place'
import type { WritingSection } from './writing'

export type TextPaneProps = {
  channelId: string
  account: string
  sections: readonly WritingSection[]
  /** What the text is called, for those who hear the page. */
  label: string
  /** The section to bring forward, anew with every `at`; null: as one likes. */
  place: { fragment: string; at: number } | null
  /** Beneath a section's title. */
  underTitle?: (section: WritingSection) => ReactNode
}

/** What scrolls around a text that stands beside something else. */
const SCROLLS = '[data-scrolls-text]'
/** Left above a section that is brought forward: the row of tools stands there. */
const ABOVE_PX = 96

/**
 * A live text beside something else: its sections, who is in it, and what one needs to write where one may. Comments,
 * suggestions and history stand on the text's own page. Browser only.
 */
export default function TextPane(props: TextPaneProps) {
  const [opening, setOpening] = useState(0)
  const document = useDocument(props.channelId, props.account, opening)
  if (!document) return <Opening />
  return <Opened {...props} document={document} reopen={() => setOpening((count) => count + 1)} />
}

const Opening = () => (
  <p role="status" className="py-4 text-sm text-muted">
    Opening the document…
  </p>
)

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
  underTitle,
  reopen,
}: TextPaneProps & { document: OpenDocument; reopen: () => void }) {
  const status = useStatus(document)
  const access = useAccess(document)
  const people = usePeople(document)
  const suggestions = useSeenSuggestions(document)
  const [contents, setContents] = useState<Readonly<Record<string, Contents>>>({})
  const [writing, setWriting] = useState<Editor | null>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const editors = useRef(new Map<string, Editor>())
  useLeaveWarning(status)
  const onContents = useCallback((fragment: string, now: Contents, of: Editor) => {
    editors.current.set(fragment, of)
    setContents((all) => (sameContents(all[fragment], now) ? all : { ...all, [fragment]: now }))
  }, [])
  const { synced } = status
  const editable = mayTypeNow(status, access)
  // Once all sections are there: what stands above it has its height then.
  const isThere = sections.every(({ fragment }) => contents[fragment])
  useEffect(() => {
    if (!synced || !isThere || !place) return
    const section = sheet.current?.querySelector(`#${CSS.escape(place.fragment)}`)
    const box = sheet.current?.closest(SCROLLS)
    // Within its box: the page around it stays where it is.
    if (section && box)
      box.scrollTop += section.getBoundingClientRect().top - box.getBoundingClientRect().top - ABOVE_PX
  }, [synced, isThere, place])
  const firstNotes = firstNotesOf(sections, contents)
  if (status.state === 'closed' || !synced)
    return (
      <>
        <Notes status={status} access={access} document={document} reopen={reopen} />
        {status.state === 'closed' ? null : <Opening />}
      </>
    )
  return (
    <section aria-label={label} className="@container">
      <div className="sticky top-0 z-10 border-b border-rule bg-paper">
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-1">
          <SaveIndicator status={status} />
          <PeopleHere people={people} />
        </div>
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
              onContents={onContents}
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
