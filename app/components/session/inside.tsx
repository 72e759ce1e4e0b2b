import { type ReactNode, useMemo } from 'react'
import { decidedBy, motionTitle, ownHand } from '../../domain/session/hall'
import type { SessionState } from '../../domain/session/model'
import { beingDecided } from '../../domain/session/present'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Section } from '../ui/page'
import { PaneSwitch } from '../ui/pane-switch'
import { useMedia } from '../ui/use-media'
import { Agenda } from './agenda'
import { Announcements } from './announcements'
import { DocumentBeside } from './beside'
import { Dock } from './dock'
import { Here } from './here'
import { Messages, useMessages } from './messages'
import { Motions } from './motions'
import { Now } from './now'
import { useRoomView } from './room-context'
import { Speakers } from './speakers'
import { MIDDLE_LABEL, type Middle, PhoneTexts, SharedNotes, ShownStrip, useMiddle } from './texts'

export type Choices = readonly { id: string; title: string }[]

/** The room: agenda, what is under discussion beside it, motions, speakers; on a phone with three buttons at hand. */
export function Inside({
  connected,
  proposals,
  documents,
  minutes,
  followUps,
  notes,
}: {
  connected: ReadonlySet<string>
  proposals: Choices
  documents: Choices
  minutes: Choices
  /** What earlier decisions asked for, for whoever makes the agenda. */
  followUps: readonly { id: string; title: string; note: string }[]
  /** The document of the shared notes; null for whoever may not read it. */
  notes: string | null
}) {
  const { state, sessionId } = useRoomView()
  const points = state.hands.filter(({ kind }) => kind === 'point_of_order').length
  const messages = useMessages(sessionId, state.messages, points)
  const reasons = useMemo(
    () => new Map(messages.flatMap(({ handId, text }) => (handId ? [[handId, text] as const] : []))),
    [messages],
  )
  const phone = useMedia('(width < 40rem)')
  /** There is place for motions and the document side by side. */
  const wide = useMedia('(width >= 96rem)')
  const { middle, setMiddle, looking } = useMiddle()
  const text = <DocumentBeside looking={looking} />
  const showsNotes = notes !== null && middle === 'notes'
  const shown = showsNotes ? 'notes' : wide || middle === 'document' ? 'document' : 'motions'
  const showsText = shown === 'document'
  const panes: Middle[] = [
    ...(wide ? [] : (['motions'] as const)),
    'document',
    ...(notes ? (['notes'] as const) : []),
  ]
  const showsMotions = phone || wide || shown === 'motions'
  const goToShown = () => {
    looking.look(null)
    setMiddle('document')
  }
  return (
    <>
      <News />
      <Announcements told={state.announcements} />
      {state.status === 'suspended' ? (
        <p role="status" className="mb-4 border border-ochre border-l-4 bg-ochre-wash px-3 py-2">
          Suspended: {state.reason}
        </p>
      ) : null}
      {phone ? <Now /> : null}
      <div className="grid gap-x-6 md:grid-cols-[minmax(0,1fr)_minmax(0,20rem)] md:grid-rows-[auto_1fr] xl:grid-cols-[minmax(0,17rem)_minmax(0,1fr)_minmax(0,22rem)] xl:grid-rows-1 2xl:grid-cols-[minmax(0,18rem)_minmax(0,1.15fr)_minmax(0,1fr)_minmax(0,22rem)]">
        <div className="order-3 min-w-0 md:col-start-2 md:row-start-2 xl:order-1 xl:col-start-1 xl:row-start-1">
          <Agenda {...{ proposals, documents, followUps, minutes }} />
          <Here connected={connected} />
        </div>
        <div className="order-1 min-w-0 md:col-start-1 md:row-span-2 md:row-start-1 xl:order-2 xl:col-start-2 xl:row-span-1 2xl:contents">
          {phone ? null : (
            <div className="min-w-0 2xl:order-2 2xl:col-start-2 2xl:row-start-1">
              <PaneSwitch
                legend="In the middle of the room"
                panes={panes}
                labels={MIDDLE_LABEL}
                shown={shown}
                show={setMiddle}
                className="mb-3"
              />
              {showsMotions ? null : <DecidingStrip onGo={() => setMiddle('motions')} />}
              {showsText ? null : <ShownStrip onGo={goToShown} />}
              {showsNotes ? (
                <Beside title="Notes">
                  <SharedNotes documentId={notes} />
                </Beside>
              ) : showsText ? (
                <Beside title="Document">{text}</Beside>
              ) : null}
            </div>
          )}
          {/* In one place at every width, hidden at the most, and not while a form in it is open: what is written there stays. */}
          <div
            className={classNames(
              'min-w-0 2xl:order-3 2xl:col-start-3 2xl:row-start-1',
              !showsMotions && 'not-has-[dialog:modal]:hidden',
            )}
          >
            <Motions minutes={minutes} />
          </div>
        </div>
        <div className="order-2 min-w-0 md:col-start-2 md:row-start-1 xl:order-3 xl:col-start-3 2xl:order-4 2xl:col-start-4">
          <Speakers reasons={reasons} />
          <Messages messages={messages} />
        </div>
      </div>
      <Dock notes={notes !== null}>
        <PhoneTexts document={text} notes={notes} />
      </Dock>
    </>
  )
}

const Beside = ({ title, children }: { title: string; children: ReactNode }) => (
  <Section title={title} className="md:sticky md:top-4">
    <div
      data-scrolls-text
      className="md:-mx-1 md:max-h-[calc(100dvh-8rem)] md:overflow-y-auto md:px-1 md:pb-2"
    >
      {children}
    </div>
  </Section>
)

/** While a document stands in the middle: that something is being decided, and the way there. */
function DecidingStrip({ onGo }: { onGo: () => void }) {
  const { state } = useRoomView()
  const motion = beingDecided(state)
  if (!motion) return null
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-2 border border-ochre border-l-4 bg-ochre-wash px-3 py-2 text-sm">
      <p className="font-semibold">
        {decidedBy(motion)}: {motionTitle(state, motion)}
      </p>
      <Button type="button" size="sm" variant="primary" onClick={onGo}>
        Go to it
      </Button>
    </div>
  )
}

/** What concerns the reader at once, for those who hear the page. */
function News() {
  const { state, who } = useRoomView()
  return (
    <p role="status" className="sr-only">
      {newsOf(state, who.delegationId)}
    </p>
  )
}

function newsOf(state: SessionState, delegationId: string | null): string {
  const hand = ownHand(state, delegationId)
  const motion = beingDecided(state)
  return [
    hand.is === 'speaking' ? 'You have the floor.' : null,
    hand.is === 'raised' && hand.place === 1 ? 'You speak next.' : null,
    motion
      ? `${motion.vote && motion.state !== 'consensus' ? decidedBy(motion) : 'Consensus is asked for'}: ${motionTitle(state, motion)}.`
      : null,
  ]
    .filter(Boolean)
    .join(' ')
}
