import { useMemo, useState } from 'react'
import { agendaTexts, shownByChair } from '../../domain/session/hall'
import { placeFrom } from '../../domain/session/place'
import { openItem } from '../../domain/session/present'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { ActButton } from './act-button'
import { useRoomView } from './room-context'
import { ShownDocument } from './shown-text'

/** Which document one looks at: the chair's as it changes, or another until one returns. */
export type Looking = {
  /** Null: where the chair is. */
  elsewhere: string | null
  look: (documentId: string | null) => void
}

export function useLooking(): Looking {
  const [elsewhere, look] = useState<string | null>(null)
  return { elsewhere, look }
}

/** The document under discussion: what the chair shows, or what one chose to look at instead. */
export function DocumentBeside({ looking: { elsewhere, look } }: { looking: Looking }) {
  const { state } = useRoomView()
  const texts = agendaTexts(state)
  const chair = shownByChair(state)
  const own = texts.find(({ id }) => id === elsewhere) ?? null
  // Before the chair shows anything: the document of the open item.
  const first = openItem(state)?.documents[0] ?? texts[0] ?? null
  const shown = own ?? chair ?? first
  const follows = own === null && chair !== null
  const { pointer } = state
  /** Pressed to come back to the place after one read elsewhere in the same text. */
  const [returns, setReturns] = useState(0)
  // Another object each time: that brings it forward anew.
  const place = useMemo(() => {
    const found = follows && pointer?.place ? placeFrom(pointer.place) : null
    return found && { ...found, returns }
  }, [follows, pointer, returns])
  if (!shown)
    return (
      <p className="text-sm text-muted">
        No document is on the agenda. Whoever runs the session attaches one to an item.
      </p>
    )
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1.5 text-sm">
        <label className="flex min-w-0 max-w-full flex-1 items-center gap-2">
          <span className="sr-only">Document</span>
          <select
            className="control min-w-0 font-semibold"
            value={shown.id}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              look(chosen === chair?.id ? null : chosen)
            }}
          >
            {texts.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
                {id === chair?.id ? ' (the chair shows it)' : ''}
              </option>
            ))}
          </select>
        </label>
        {follows ? <Badge tone="accent">You follow the chair</Badge> : null}
        {own && chair && own.id !== chair.id ? (
          <Button type="button" size="sm" variant="primary" onClick={() => look(null)}>
            Return to the chair’s view
          </Button>
        ) : null}
        {shown.id === chair?.id ? (
          <ActButton act={{ act: 'end_pointer' }} variant="quiet">
            Show it no longer
          </ActButton>
        ) : (
          <ActButton act={{ act: 'point', documentId: shown.id }} onDone={() => look(null)}>
            Show it to all
          </ActButton>
        )}
      </div>
      <p role="status" className="sr-only">
        {chair ? `The chair shows ${chair.title}.` : ''}
      </p>
      <ShownDocument
        documentId={shown.id}
        title={shown.title}
        place={place}
        onReturn={() => setReturns((count) => count + 1)}
      />
    </>
  )
}
