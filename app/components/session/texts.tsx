import { Link } from '@remix-run/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { BODY_FRAGMENT } from '../../domain/proposal-template'
import { agendaTexts, shownByChair } from '../../domain/session/hall'
import { LazyTextPane } from '../editor/lazy-text-pane'
import { Button } from '../ui/button'
import { PaneSwitch } from '../ui/pane-switch'
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
export const MIDDLE_LABEL: Record<Middle, string> = {
  motions: 'Motions',
  document: 'Document',
  notes: 'Notes',
}

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

const PHONE_TEXTS = ['document', 'notes'] as const
type PhoneText = (typeof PHONE_TEXTS)[number]
const PHONE_TEXT_LABEL: Record<PhoneText, string> = { document: 'Under discussion', notes: 'Notes' }

/** On a phone, behind the button "Document": the document under discussion, or the notes. */
export function PhoneTexts({ document, notes }: { document: ReactNode; notes: string | null }) {
  const { state } = useRoomView()
  const [shown, show] = useState<PhoneText>(agendaTexts(state).length > 0 ? 'document' : 'notes')
  return (
    <>
      {notes ? (
        <PaneSwitch
          legend="What to look at"
          panes={PHONE_TEXTS}
          labels={PHONE_TEXT_LABEL}
          shown={shown}
          show={show}
          className="mb-3"
        />
      ) : null}
      {notes && shown === 'notes' ? <SharedNotes documentId={notes} /> : document}
    </>
  )
}
