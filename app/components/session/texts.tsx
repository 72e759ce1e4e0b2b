import { Link } from '@remix-run/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { BODY_FRAGMENT } from '../../domain/proposal-template'
import { agendaTexts, shownByChair } from '../../domain/session/hall'
import { LazyTextPane } from '../editor/lazy-text-pane'
import { Button } from '../ui/button'
import { useLooking } from './beside'
import { useRoomView } from './room-context'

const SECTIONS = [
  { fragment: BODY_FRAGMENT, title: null, hint: 'What is said and agreed, in words that the group shares.' },
]

/** The notes that the group writes together while it meets. */
export function SharedNotes({ documentId }: { documentId: string }) {
  const { who } = useRoomView()
  return (
    <>
      <p className="mb-1 text-sm text-muted">
        Members of the group write here; observers read.{' '}
        <Link to={`/documents/${documentId}`} target="_blank" rel="noreferrer" className="link">
          Open them on their own page
        </Link>
      </p>
      <LazyTextPane
        channelId={documentId}
        account={who.userId}
        sections={SECTIONS}
        label="Shared notes"
        place={null}
      />
    </>
  )
}

export type Middle = 'motions' | 'document' | 'notes'

/**
 * What stands in the middle. When the chair shows a document, those who follow have it before them; whoever writes notes or
 * fills in a form is told, and not torn away.
 */
export function useMiddle() {
  const { state } = useRoomView()
  const [middle, setMiddle] = useState<Middle>('motions')
  const looking = useLooking()
  const chair = shownByChair(state)?.id ?? null
  const known = useRef<string | null>(null)
  const { elsewhere } = looking
  useEffect(() => {
    if (chair !== known.current && chair !== null && elsewhere === null)
      setMiddle((now) => (now === 'notes' || isInDialog() ? now : 'document'))
    known.current = chair
  }, [chair, elsewhere])
  return { middle, setMiddle, looking }
}

const isInDialog = () => document.querySelector('dialog:modal') !== null

/** A choice of what to look at; which is chosen is told by the buttons. */
export function Chooser<T extends string>({
  legend,
  of,
  chosen,
  choose,
}: {
  legend: string
  of: Readonly<Partial<Record<T, string>>>
  chosen: T
  choose: (one: T) => void
}) {
  return (
    <fieldset className="mb-3 flex flex-wrap items-center gap-1">
      <legend className="sr-only">{legend}</legend>
      {(Object.entries(of) as [T, string][]).map(([one, label]) => (
        <Button
          key={one}
          type="button"
          size="sm"
          variant={one === chosen ? 'primary' : 'secondary'}
          aria-pressed={one === chosen}
          onClick={() => choose(one)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  )
}

/** While something else stands in the middle: that the chair shows a document, and the way there. */
export function ShownStrip({ onGo }: { onGo: () => void }) {
  const { state } = useRoomView()
  const chair = shownByChair(state)
  if (!chair) return null
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-2 border border-accent border-l-4 bg-accent-wash px-3 py-2 text-sm">
      <p>
        The chair shows <strong>{chair.title}</strong>.
      </p>
      <Button type="button" size="sm" onClick={onGo}>
        Go to it
      </Button>
    </div>
  )
}

/** On a phone, behind the button "Document": the document under discussion, or the notes. */
export function PhoneTexts({ document, notes }: { document: ReactNode; notes: string | null }) {
  const { state } = useRoomView()
  const [shown, show] = useState<'document' | 'notes'>(agendaTexts(state).length > 0 ? 'document' : 'notes')
  return (
    <>
      {notes ? (
        <Chooser
          legend="What to look at"
          of={{ document: 'Under discussion', notes: 'Notes' }}
          chosen={shown}
          choose={show}
        />
      ) : null}
      {notes && shown === 'notes' ? <SharedNotes documentId={notes} /> : document}
    </>
  )
}
