import { FileText, Gavel, Hand as HandIcon, type LucideIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { ownHand, shownByChair } from '../../domain/session/hall'
import { METHOD_LABEL, type SessionState } from '../../domain/session/model'
import { beingDecided, votersFor } from '../../domain/session/present'
import { classNames } from '../ui/class-names'
import { Dialog } from '../ui/dialog'
import { HandSheet } from './hand-sheet'
import { useRoomView } from './room-context'
import { VoteSheet } from './vote-sheet'

/**
 * A phone's three buttons, within reach of the thumb: hand, vote, document. Whoever may not raise a hand has none; whoever
 * may not vote reads there what is being decided. On a wider screen the buttons go, but not what one of them opened: a
 * phone may be turned.
 */
export function Dock({ notes, children }: { notes: boolean; children: ReactNode }) {
  const { state, who } = useRoomView()
  const [document, setDocument] = useState(false)
  const meets = state.status === 'open'
  const shown = shownByChair(state)
  const hasText = state.items.some(({ documents }) => documents.length > 0)
  return (
    <nav
      aria-label="Within reach"
      className="room-dock no-print fixed inset-x-0 bottom-0 z-30 flex gap-2 border-t border-line bg-paper px-3 pb-[max(0.5rem,env(safe-area-inset-bottom))] pt-2 sm:contents sm:not-has-[dialog:modal]:hidden sm:[&>button]:hidden"
    >
      {meets && who.may.speak ? <HandButton /> : null}
      {meets ? <VoteButton /> : null}
      <DockButton
        Icon={FileText}
        label="Document"
        note={shown ? 'the chair shows it' : hasText ? 'of the agenda' : notes ? 'notes' : 'none yet'}
        tone={shown ? 'accent' : null}
        onClick={() => setDocument(true)}
      />
      <Dialog open={document} onOpenChange={setDocument} title="Document" full close="Back to the room">
        {children}
      </Dialog>
    </nav>
  )
}

function HandButton() {
  const { state, who, ask } = useRoomView()
  const [open, setOpen] = useState(false)
  const hand = ownHand(state, who.delegationId)
  const words = handWords(state, hand)
  const press = () => {
    if (hand.is === 'raised') return void ask({ act: 'lower_hand', handId: hand.hand.id })
    if (hand.is === 'down' && hand.open) return void ask({ act: 'raise_hand', kind: 'statement' })
    setOpen(true)
  }
  return (
    <>
      <DockButton
        Icon={HandIcon}
        {...words}
        pressed={hand.is === 'raised' || undefined}
        tone={hand.is === 'down' ? null : hand.is === 'raised' && hand.place > 1 ? 'accent' : 'green'}
        onClick={press}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={hand.is === 'speaking' ? 'You have the floor' : 'The list of speakers is closed'}
      >
        <HandSheet onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function handWords(state: SessionState, hand: ReturnType<typeof ownHand>): { label: string; note: string } {
  switch (hand.is) {
    case 'speaking':
      return { label: 'You have the floor', note: 'clock, and end' }
    case 'raised':
      return hand.place === 1
        ? { label: 'You speak next', note: 'press to lower' }
        : { label: 'Hand raised', note: `${hand.place} of ${state.hands.length}` }
    case 'down':
      return hand.open
        ? { label: 'Raise hand', note: 'the list is open' }
        : { label: 'List closed', note: 'point of order' }
  }
}

function VoteButton() {
  const { state, who } = useRoomView()
  const [open, setOpen] = useState(false)
  const motion = beingDecided(state)
  const vote = motion?.vote ?? null
  const owed =
    who.may.vote && vote !== null && motion?.state === 'voting' && vote.method === 'roll_call'
      ? votersFor(vote, who.delegationId).filter((id) => !vote.voters.includes(id)).length
      : 0
  const [label, note] =
    motion === null
      ? ['Vote', 'none is open']
      : motion.state === 'consensus' || vote === null
        ? ['Consensus?', 'read, object']
        : vote.method === 'secret'
          ? [METHOD_LABEL.secret, motion.state === 'papers' ? 'take your paper' : 'the box is open']
          : owed > 0
            ? ['Vote now', `${vote.voters.length} of ${vote.entitled.length} have`]
            : ['Vote open', `${vote.voters.length} of ${vote.entitled.length} have`]
  return (
    <>
      <DockButton
        Icon={Gavel}
        label={label}
        note={who.may.propose || motion === null || vote !== null ? note : 'read'}
        tone={motion === null ? null : owed > 0 ? 'ochre' : 'accent'}
        onClick={() => setOpen(true)}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={motion ? label : 'Before the group'}
        full
        close="Back to the room"
      >
        <VoteSheet />
      </Dialog>
    </>
  )
}

const TONE = {
  accent: 'border-accent bg-accent-wash text-accent',
  green: 'border-green bg-green-wash text-green',
  ochre: 'border-ochre bg-ochre-wash text-ochre',
}

function DockButton({
  Icon,
  label,
  note,
  pressed,
  tone,
  onClick,
}: {
  Icon: LucideIcon
  label: string
  note: string
  pressed?: boolean
  tone: keyof typeof TONE | null
  onClick: () => void
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={classNames(
        'flex min-h-16 min-w-0 flex-1 flex-col items-center justify-center rounded-lg border px-1 py-1 leading-tight',
        tone ? TONE[tone] : 'border-line bg-sheet text-ink',
      )}
    >
      <Icon aria-hidden="true" className="size-5" />
      <span className="font-semibold">{label}</span>
      <span className="text-2xs">
        <span className="sr-only">, </span>
        {note}
      </span>
    </button>
  )
}
