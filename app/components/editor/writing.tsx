import type { Editor } from '@tiptap/react'
import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from 'react'
import { mayTypeNow, type OpenDocument } from '../../collab/document-types'
import { useAccess, useDocument, useLeaveWarning, usePeople, useStatus, useUndo } from '../../collab/react'
import { FACTS_PART } from '../../domain/completeness'
import { type BesideText, Side } from '../comments/side'
import { useCommenting } from '../comments/use-commenting'
import { useHistoryPanel } from '../history/history-address'
import { useSuggesting } from '../suggestions/use-suggesting'
import { classNames } from '../ui/class-names'
import { late } from '../ui/late'
import { PaneSwitch } from '../ui/pane-switch'
import type { Contents } from './contents'
import { KeyFacts } from './key-facts'
import { KeyboardHelp } from './keyboard-help'
import { LinkDialog } from './link-dialog'
import { NoteDialog } from './note-dialog'
import { Notes } from './notes'
import { Outline } from './outline'
import { PeopleHere, PeopleList } from './people-here'
import { PictureDialog } from './picture-dialog'
import { RequestFacts } from './request-facts'
import { SaveIndicator } from './save-indicator'
import { SectionEditor } from './section-editor'
import { SectionFrame } from './section-frame'
import { SectionHead, type SectionOwner } from './section-head'
import { SectionNotes } from './section-notes'
import { showPlace } from './show-place'
import { TextMenus } from './text-menus'
import { type Asking, Toolbar } from './toolbar'
import { UndoneWhere } from './undone-where'
import { useAddressedPart } from './use-addressed-part'
import { useBeneathBar } from './use-beneath-bar'
import { useSectionEditors } from './use-section-editors'

/** Fetched when it is first asked for. */
const FindPanel = late(() => import('./find-panel'), 'Find')
const HistoryPanel = late(() => import('../history/panel'), 'The history')

export type WritingSection = { fragment: string; title: string | null; hint: string }

export type WritingProps = {
  channelId: string
  account: string
  sections: readonly WritingSection[]
  /** Delegations that can answer for a section; empty for a text of one body. */
  owners: readonly SectionOwner[]
  /** The key facts beside the text: a proposal's, with the minerals to choose from, or a request's; null for none. */
  facts: { minerals: readonly { id: string; name: string }[] } | 'request' | null
  /** Whether the reader may see the text's history. */
  seesHistory: boolean
  /** Who writes, said to whoever does not; by default that whoever leads the text decides. */
  whoWrites?: string
  /** What stands beneath a section's text, such as questions about it. */
  beneath?: (fragment: string) => ReactNode
}

/** A document that several people write at once. Browser only: it is loaded when the page runs. */
export default function Writing(props: WritingProps) {
  const [opening, setOpening] = useState(0)
  return <Opening key={opening} {...props} reopen={() => setOpening((count) => count + 1)} />
}

function Opening(props: WritingProps & { reopen: () => void }) {
  const document = useDocument(props.channelId, props.account)
  return document ? <Opened {...props} document={document} /> : <Waiting />
}

const Waiting = () => (
  <div aria-busy="true" className="py-6 text-sm text-muted">
    <p role="status">Opening the document…</p>
    <div className="mt-6 max-w-prose space-y-3" aria-hidden="true">
      {[92, 100, 78, 96, 60].map((width) => (
        <div key={width} className="h-3 rounded-sm bg-well" style={{ width: `${width}%` }} />
      ))}
    </div>
  </div>
)

type Pane = 'Text' | BesideText | 'Sections' | 'People'

function Opened({
  document,
  account,
  sections,
  owners,
  facts,
  seesHistory,
  beneath,
  whoWrites,
  reopen,
}: WritingProps & { document: OpenDocument; reopen: () => void }) {
  const status = useStatus(document)
  const people = usePeople(document)
  const access = useAccess(document)
  const { undo, redo } = useUndo(document.undo)
  const [writing, setWriting] = useState<{ editor: Editor; fragment: string } | null>(null)
  const [pane, setPane] = useState<Pane>('Text')
  const [side, setSide] = useState<BesideText>(facts ? 'Key facts' : 'Comments')
  const [asked, ask] = useState<Asking>(null)
  const { editors, contents, tell, open, firstNotes } = useSectionEditors(sections)
  const bar = useRef<HTMLDivElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [full, setFull] = useState(false)
  const history = useHistoryPanel()
  const isHistoryShown = seesHistory && history.isOpen && !full
  const { whole, above } = useBeneathBar()
  useLeaveWarning(status)
  const show = useCallback((what: 'Text' | BesideText) => {
    setPane(what)
    if (what !== 'Text') setSide(what)
  }, [])
  useAddressedPart(status.synced, show)
  const commenting = useCommenting({
    ...{ document, account, sections, editors, show },
    isThere: status.synced,
    focused: writing,
  })
  const { attach } = commenting
  const editable = mayTypeNow(status, access)
  const suggestions = useSuggesting({
    ...{ document, account, sections, editors, editable, show },
    focused: writing,
  })

  const onFocus = useCallback((editor: Editor, fragment: string) => setWriting({ editor, fragment }), [])
  const onContents = useCallback(
    (fragment: string, now: Contents, editor: Editor) => {
      if (tell(fragment, now, editor)) attach(editor)
    },
    [tell, attach],
  )
  const goTo = (fragment: string, pos: number) =>
    // On a phone the text has to come forward first.
    requestAnimationFrame(() => showPlace(editors.current.get(fragment), pos))

  const editor = writing && !writing.editor.isDestroyed ? writing.editor : null
  const titleOf = (fragment: string) =>
    sections.find((section) => section.fragment === fragment)?.title ?? null
  const panes: readonly Pane[] = facts
    ? ['Text', 'Key facts', 'Comments', 'Suggestions', 'Sections', 'People']
    : ['Text', 'Comments', 'Suggestions', 'Sections', 'People']
  // On a phone the comments and the suggestions come up over the text.
  const only = (name: Pane) =>
    pane === name || ((pane === 'Comments' || pane === 'Suggestions') && name === 'Text')
      ? undefined
      : 'hidden lg:block'

  function onKeyDown(event: KeyboardEvent) {
    const mod = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (mod && event.key.toLowerCase() === 'k' && editor && editable) ask('link')
    else if (mod && event.key === '/') ask('keyboard')
    else if (mod && event.key.toLowerCase() === 'f' && asked !== 'find') ask('find')
    else if (isKey(event, 'f', 'altKey') && editor && editable) ask('note')
    else if (isKey(event, 'f', 'shiftKey')) setFull(!full)
    else if (event.altKey && event.key === 'F10')
      bar.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus()
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for what the controls within do
    <div
      ref={whole}
      onKeyDown={onKeyDown}
      className={full ? 'fixed inset-0 z-40 overflow-y-auto bg-paper px-4 pb-16 sm:px-6' : undefined}
    >
      <div
        ref={above}
        className="no-print sticky top-0 z-20 -mx-4 border-b border-rule bg-paper px-4 sm:-mx-6 sm:px-6"
      >
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 pt-2">
          <SaveIndicator status={status} />
          <PeopleHere people={people} />
        </div>
        <div className={only('Text')}>
          <Toolbar
            bar={bar}
            documentId={document.channelId}
            undoManager={document.undo}
            editor={editor}
            offersWriting={access !== 'comment' && access !== 'read'}
            editable={editable}
            file={file}
            full={full}
            setFull={setFull}
            ask={ask}
            suggesting={suggestions}
            onHistory={
              seesHistory
                ? () => {
                    setFull(false)
                    if (history.isOpen) history.close()
                    else history.open()
                  }
                : null
            }
            onComment={commenting.comments.all?.mayComment ? commenting.begin : null}
          />
          {suggestions.isOn ? (
            <p className="border-t border-rule py-1 text-xs text-muted">
              <strong className="text-ink">Suggesting.</strong> What you write is proposed, and changes the
              text when somebody accepts it.
            </p>
          ) : null}
          {asked === 'find' ? (
            <FindPanel sections={open} editable={editable} onClose={() => ask(null)} />
          ) : null}
        </div>
      </div>
      <Notes {...{ status, access, document, reopen, whoWrites }} />
      <PaneSwitch
        legend="Shown of the document"
        panes={panes}
        shown={pane}
        show={setPane}
        className="mt-3 lg:hidden"
      />
      {status.synced ? (
        <div
          className={classNames(
            'mt-4 gap-x-6',
            full
              ? ''
              : isHistoryShown
                ? 'lg:grid lg:grid-cols-2'
                : 'lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr] xl:grid-cols-[13rem_minmax(0,1fr)_20rem]',
          )}
        >
          <div
            className={classNames(
              full && 'hidden',
              isHistoryShown && 'lg:hidden',
              'no-print lg:col-start-2 lg:mb-6 xl:sticky xl:col-start-1 xl:row-start-1',
              'space-y-6 self-start xl:top-(--beneath-bar) xl:max-h-[calc(100dvh-var(--beneath-bar)-1rem)] xl:overflow-y-auto',
            )}
          >
            <div className={only('Sections')}>
              <Outline
                doc={document.doc}
                owners={owners}
                sections={sections}
                contents={contents}
                here={writing?.fragment ?? null}
                people={people}
                goTo={goTo}
                onGo={() => setPane('Text')}
              />
            </div>
            <section aria-labelledby="people-here" className={only('People')}>
              <h2 id="people-here" className="mb-1 text-lg">
                People here
              </h2>
              <PeopleList people={people} titleOf={titleOf} onGo={() => setPane('Text')} />
            </section>
          </div>
          <div
            className={classNames(
              'document-sheet mx-auto w-full min-w-0 max-w-[44rem] self-start',
              'lg:col-start-1 lg:row-span-2 lg:row-start-1',
              isHistoryShown ? undefined : 'xl:col-start-2 xl:row-span-1',
              only('Text'),
            )}
          >
            {sections.map((section, index) => (
              <SectionFrame
                key={section.fragment}
                section={section}
                number={index + 1}
                head={
                  section.title ? (
                    <SectionHead
                      doc={document.doc}
                      fragment={section.fragment}
                      title={section.title}
                      words={contents[section.fragment]?.words ?? 0}
                      owners={owners}
                      editable={editable}
                    />
                  ) : null
                }
              >
                <SectionEditor
                  document={document}
                  fragment={section.fragment}
                  label={section.title ?? 'Text'}
                  hint={section.hint}
                  editable={editable}
                  comments={commenting.hooks}
                  suggestions={suggestions.hooks}
                  onFocus={onFocus}
                  onContents={onContents}
                />
                <SectionNotes
                  notes={contents[section.fragment]?.notes ?? []}
                  first={firstNotes[section.fragment] ?? 1}
                  title={section.title ?? 'the text'}
                  onGo={(pos) => goTo(section.fragment, pos)}
                />
                {beneath?.(section.fragment)}
              </SectionFrame>
            ))}
          </div>
          <Side
            facts={
              facts ? (
                <aside
                  id={FACTS_PART}
                  aria-label="Key facts"
                  className={classNames(
                    'min-w-0 scroll-mt-24',
                    pane === 'Key facts' ? 'block' : 'hidden',
                    side === 'Key facts' ? 'lg:block' : 'lg:hidden',
                  )}
                >
                  <h2 className="mb-2 text-lg">Key facts</h2>
                  {facts === 'request' ? (
                    <RequestFacts doc={document.doc} editable={editable} undo={undo} redo={redo} />
                  ) : (
                    <KeyFacts
                      doc={document.doc}
                      editable={editable}
                      minerals={facts.minerals}
                      undo={undo}
                      redo={redo}
                    />
                  )}
                </aside>
              ) : null
            }
            commenting={commenting}
            suggestions={suggestions}
            editable={editable}
            shown={side}
            onChoose={setSide}
            sheet={pane === 'Comments' || pane === 'Suggestions' ? pane : null}
            onCloseSheet={() => setPane('Text')}
            titleOf={titleOf}
            onBegin={commenting.begin}
            className={classNames(
              full && 'hidden',
              isHistoryShown && 'lg:hidden',
              'min-w-0 self-start lg:col-start-2 lg:row-start-2 xl:sticky xl:top-(--beneath-bar) xl:col-start-3 xl:row-start-1',
              'xl:-mx-1 xl:max-h-[calc(100dvh-var(--beneath-bar)-1rem)] xl:overflow-y-auto xl:px-1 xl:pb-1',
            )}
          />
          {isHistoryShown ? (
            <HistoryPanel doc={document.doc} path={`/documents/${document.channelId}/history`} />
          ) : null}
        </div>
      ) : status.state === 'closed' ? null : (
        <Waiting />
      )}
      {editor ? (
        <>
          <LinkDialog editor={editor} open={asked === 'link'} onClose={() => ask(null)} />
          <NoteDialog editor={editor} open={asked === 'note'} onClose={() => ask(null)} />
          {editable ? (
            <TextMenus
              editor={editor}
              ask={(about) => (about === 'file' ? file.current?.click() : ask(about))}
            />
          ) : null}
          <PictureDialog editor={editor} open={asked === 'picture'} onClose={() => ask(null)} />
        </>
      ) : null}
      <UndoneWhere document={document} titleOf={titleOf} />
      <KeyboardHelp open={asked === 'keyboard'} onClose={() => ask(null)} />
    </div>
  )
}

const isKey = (event: KeyboardEvent, key: string, also: 'altKey' | 'shiftKey') =>
  (event.ctrlKey || event.metaKey) &&
  event[also] &&
  event[also === 'altKey' ? 'shiftKey' : 'altKey'] === false &&
  event.code === `Key${key.toUpperCase()}`
