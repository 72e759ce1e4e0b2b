import { Link } from '@remix-run/react'
import { Lock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { BODY_FRAGMENT, PROPOSAL_SECTIONS } from '../../domain/proposal-template'
import { REQUEST_SECTIONS } from '../../domain/request-template'
import { type Place, placeText } from '../../domain/session/place'
import { nameOf } from '../../domain/session/present'
import { LazyTextPane } from '../editor/lazy-text-pane'
import { OpeningNote } from '../editor/opening-note'
import type { WritingSection } from '../editor/writing'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { ActButton } from './act-button'
import { useRoomView } from './room-context'

const answer = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('open'),
    channelId: z.string(),
    template: z.enum(['proposal', 'request', 'text']),
    path: z.string(),
  }),
  z.object({
    is: z.literal('ask'),
    ask: z.object({ delegation: z.string(), heads: z.array(z.string()) }),
  }),
  z.object({ is: z.literal('closed') }),
])
type Known = z.infer<typeof answer> | { is: 'away' }

const SECTIONS: Record<'proposal' | 'request' | 'text', readonly WritingSection[]> = {
  proposal: PROPOSAL_SECTIONS,
  request: REQUEST_SECTIONS,
  text: [{ fragment: BODY_FRAGMENT, title: null, hint: '' }],
}

/** How a document of the agenda is opened; null: it is being asked for. */
function useKnown(documentId: string): Known | null {
  const { sessionId } = useRoomView()
  const [known, setKnown] = useState<Known | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    fetch(`/sessions/${sessionId}/texts/${documentId}`, { signal: stop.signal })
      .then(async (reply) => {
        const read = answer.safeParse(await reply.json())
        setKnown(read.success ? read.data : { is: reply.status === 404 ? 'closed' : 'away' })
      })
      .catch(() => {
        if (!stop.signal.aborted) setKnown({ is: 'away' })
      })
    return () => stop.abort()
  }, [sessionId, documentId])
  return known
}

type Shown = {
  documentId: string
  title: string
  place: Place | null
  onReturn: () => void
}

/**
 * A document of the agenda, live, as far as one may read it; whoever may write it writes it here. `place`: the place to
 * which the chair points, for those who follow; `onReturn` brings it forward again after one read elsewhere in the text.
 */
export function ShownDocument(props: Shown) {
  const [tries, setTries] = useState(0)
  // Asked anew for another document, and when one tries again.
  return (
    <Asked key={`${props.documentId} ${tries}`} {...props} again={() => setTries((count) => count + 1)} />
  )
}

function Asked({ documentId, title, place, onReturn, again }: Shown & { again: () => void }) {
  const { state, who } = useRoomView()
  const known = useKnown(documentId)
  switch (known?.is) {
    case undefined:
      return <OpeningNote />
    case 'away':
      return (
        <div role="status" className="space-y-2 py-4 text-sm">
          <p>The portal does not answer.</p>
          <Button type="button" size="sm" onClick={again}>
            Try again
          </Button>
        </div>
      )
    case 'closed':
    case 'ask':
      return (
        <div role="status" className="flex gap-3 border border-dashed border-line bg-sheet px-4 py-5 text-sm">
          <Lock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
          <div className="space-y-2">
            <p className="font-semibold">You may not read this text.</p>
            <p className="text-muted">
              {known.is === 'ask'
                ? `Ask the delegation of ${known.ask.delegation}${known.ask.heads.length > 0 ? ` (${known.ask.heads.join(', ')})` : ''}.`
                : `Ask the chair${state.presiding ? `, ${nameOf(state, state.presiding)},` : ''} which delegation leads it.`}
            </p>
            <Button type="button" size="sm" onClick={again}>
              Look again
            </Button>
          </div>
        </div>
      )
    case 'open':
      return (
        <>
          <p className="py-1 text-sm">
            <Link to={known.path} target="_blank" rel="noreferrer" className="link">
              Open it on its own page
            </Link>
            <span className="text-muted">, with comments and history: the room stays open here</span>
          </p>
          <LazyTextPane
            channelId={known.channelId}
            account={who.userId}
            sections={SECTIONS[known.template]}
            label={title}
            place={place}
            aboveText={(read) => (
              <div className="flex flex-wrap gap-x-1">
                {who.may.run ? <PointHere documentId={documentId} read={read} /> : null}
                {place ? (
                  <Button type="button" size="sm" variant="quiet" onClick={onReturn}>
                    Back to the place shown
                  </Button>
                ) : null}
              </div>
            )}
            underTitle={({ fragment, title: section }) =>
              who.may.run ? <PointAt documentId={documentId} fragment={fragment} section={section} /> : null
            }
          />
        </>
      )
  }
}

/**
 * The chair brings before everybody who follows the passage in which the caret stands, or else the one at the top of what is
 * in sight: also in a text without sections.
 */
function PointHere({ documentId, read }: { documentId: string; read: () => Place | null }) {
  const { ask } = useRoomView()
  return (
    <Button
      type="button"
      size="sm"
      variant="quiet"
      title="The one with the caret; without a caret in sight, the one at the top"
      onClick={() => {
        const place = read()
        if (place) void ask({ act: 'point', documentId, place: placeText(place) })
        else toast('No passage is in sight: scroll to the one that all are to see.', 'problem')
      }}
    >
      Show this passage to all
    </Button>
  )
}

/** The chair brings a section before everybody who follows. */
function PointAt({
  documentId,
  fragment,
  section,
}: {
  documentId: string
  fragment: string
  section: string | null
}) {
  const { pointer } = useRoomView().state
  if (pointer?.documentId === documentId && pointer.place === fragment)
    return <p className="text-xs text-muted">Shown to all</p>
  return (
    <ActButton act={{ act: 'point', documentId, place: fragment }} variant="quiet">
      Show “{section}” to all
    </ActButton>
  )
}
