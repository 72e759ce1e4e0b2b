import type { Editor } from '@tiptap/react'
import { type ReactNode, useCallback, useState } from 'react'
import type { OpenDocument, Status } from '../../collab/document-types'
import { useAccess, useDocument, useLeaveWarning, usePeople, useStatus } from '../../collab/react'
import type { FieldProblem } from '../../domain/proposal-fields'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { KeyFacts } from './key-facts'
import { PeopleHere } from './people-here'
import { SaveIndicator } from './save-indicator'
import { SectionEditor } from './section-editor'
import { Toolbar } from './toolbar'

export type WritingSection = { fragment: string; title: string | null; hint: string }

export type WritingProps = {
  channelId: string
  account: string
  sections: readonly WritingSection[]
  /** The key facts beside the text; null for a text without. */
  facts: { minerals: readonly { id: string; name: string }[]; problems: readonly FieldProblem[] } | null
}

/** A document that several people write at once. Browser only: it is loaded when the page runs. */
export default function Writing(props: WritingProps) {
  const [opening, setOpening] = useState(0)
  const document = useDocument(props.channelId, props.account, opening)
  return document ? (
    <Opened {...props} document={document} reopen={() => setOpening((count) => count + 1)} />
  ) : (
    <Waiting />
  )
}

export const Waiting = () => (
  <div aria-busy="true" className="py-6 text-sm text-muted">
    <p role="status">Opening the document…</p>
    <div className="mt-6 max-w-prose space-y-3" aria-hidden="true">
      {[92, 100, 78, 96, 60].map((width) => (
        <div key={width} className="h-3 rounded-sm bg-well" style={{ width: `${width}%` }} />
      ))}
    </div>
  </div>
)

const TABS = ['Text', 'Key facts'] as const

function Opened({
  document,
  sections,
  facts,
  reopen,
}: WritingProps & { document: OpenDocument; reopen: () => void }) {
  const status = useStatus(document)
  const people = usePeople(document)
  const access = useAccess(document)
  const [editor, setEditor] = useState<Editor | null>(null)
  const [words, setWords] = useState<Record<string, number>>({})
  const [tab, setTab] = useState<(typeof TABS)[number]>('Text')
  useLeaveWarning(status)
  const onWords = useCallback(
    (fragment: string, count: number) =>
      setWords((all) => (all[fragment] === count ? all : { ...all, [fragment]: count })),
    [],
  )
  const editable =
    status.synced && access === 'write' && status.state !== 'closed' && status.state !== 'refused'
  const total = Object.values(words).reduce((sum, count) => sum + count, 0)

  return (
    <div>
      <div className="no-print sticky top-0 z-20 -mx-4 border-b border-rule bg-paper px-4 sm:-mx-6 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 pt-2">
          <SaveIndicator status={status} />
          <PeopleHere people={people} />
        </div>
        <Toolbar document={document} editor={editor} editable={editable} />
      </div>
      <Notes status={status} access={access} document={document} reopen={reopen} />
      {facts ? (
        <div className="no-print mt-3 flex gap-1 lg:hidden">
          {TABS.map((name) => (
            <Button
              key={name}
              type="button"
              size="sm"
              variant={tab === name ? 'primary' : 'secondary'}
              aria-pressed={tab === name}
              onClick={() => setTab(name)}
            >
              {name}
            </Button>
          ))}
        </div>
      ) : null}
      {status.synced ? (
        <div className={classNames('mt-4', facts && 'gap-x-10 lg:grid lg:grid-cols-[minmax(0,1fr)_24rem]')}>
          <div className={classNames('min-w-0 max-w-[72ch]', tab === 'Key facts' && 'hidden lg:block')}>
            {sections.map((section, index) => (
              <WritingSectionView
                key={section.fragment}
                section={section}
                number={index + 1}
                words={words[section.fragment]}
              >
                <SectionEditor
                  document={document}
                  fragment={section.fragment}
                  label={section.title ?? 'Text'}
                  hint={section.hint}
                  editable={editable}
                  onFocus={setEditor}
                  onWords={onWords}
                />
              </WritingSectionView>
            ))}
          </div>
          {facts ? (
            <aside
              aria-label="Key facts"
              className={classNames('min-w-0', tab === 'Text' && 'hidden lg:block')}
            >
              <div className="lg:sticky lg:top-24 lg:max-h-[calc(100dvh-7rem)] lg:overflow-y-auto lg:pr-1">
                <nav aria-label="Sections" className="mb-6 hidden lg:block">
                  <h2 className="mb-1 flex items-baseline justify-between text-lg">
                    Sections <span className="font-sans text-xs font-normal text-muted">{total} words</span>
                  </h2>
                  <ol className="text-sm">
                    {sections.map((section, index) => (
                      <li
                        key={section.fragment}
                        className="flex justify-between gap-3 border-b border-rule py-1"
                      >
                        <a href={`#${section.fragment}`} className="row-link font-normal">
                          {index + 1} {section.title}
                        </a>
                        <span className="text-muted">{words[section.fragment] || 'empty'}</span>
                      </li>
                    ))}
                  </ol>
                </nav>
                <h2 className="mb-2 text-lg">Key facts</h2>
                <KeyFacts doc={document.doc} editable={editable} {...facts} />
              </div>
            </aside>
          ) : null}
        </div>
      ) : (
        <Waiting />
      )}
    </div>
  )
}

function WritingSectionView({
  section,
  number,
  words,
  children,
}: {
  section: WritingSection
  number: number
  words: number | undefined
  children: ReactNode
}) {
  if (!section.title) return <div className="document-sheet">{children}</div>
  return (
    <section
      id={section.fragment}
      aria-labelledby={`${section.fragment}-title`}
      className="document-sheet mb-4 scroll-mt-24"
    >
      <h2
        id={`${section.fragment}-title`}
        className="mb-2 flex items-baseline justify-between gap-3 border-b border-rule pb-1 text-xl"
      >
        <span>
          <span className="mr-2 text-muted">{number}</span>
          {section.title}
        </span>
        <span className="font-sans text-xs font-normal text-muted">{words ? `${words} words` : 'empty'}</span>
      </h2>
      {children}
    </section>
  )
}

/** What a writer must know beside the state: why it is read only, what was not accepted. */
function Notes({
  status,
  access,
  document,
  reopen,
}: {
  status: Status
  access: string | null
  document: OpenDocument
  reopen: () => void
}) {
  const note = 'mt-3 border border-l-4 px-3 py-2 text-sm'
  if (status.state === 'closed') {
    return (
      <p role="alert" className={classNames(note, 'border-red bg-red-wash')}>
        {status.reason ?? 'This document is not open to you any more.'}
        {status.pending
          ? ` ${status.pending} of your changes were not sent; they are kept in this browser.`
          : ''}
      </p>
    )
  }
  if (status.refused) {
    return (
      <div role="alert" className={classNames(note, 'border-red bg-red-wash')}>
        <p>
          {status.refused.count === 1
            ? 'One of your changes was'
            : `${status.refused.count} of your changes were`}{' '}
          not accepted: {status.refused.reason} What you see below includes{' '}
          {status.refused.count === 1 ? 'it' : 'them'}: copy what you need, then go on without.
        </p>
        <Button
          type="button"
          size="sm"
          variant="danger"
          className="mt-2"
          onClick={() => {
            void document.dropRefused().then(() => {
              document.close()
              reopen()
            })
          }}
        >
          Go on without {status.refused.count === 1 ? 'it' : 'them'}
        </Button>
      </div>
    )
  }
  if (status.synced && (access === 'comment' || access === 'read')) {
    return (
      <p className={classNames(note, 'border-line bg-well')}>
        {access === 'comment'
          ? 'You may read and comment on this text, not write it.'
          : 'You may read this text.'}{' '}
        Whoever leads it decides who writes.
      </p>
    )
  }
  return null
}
