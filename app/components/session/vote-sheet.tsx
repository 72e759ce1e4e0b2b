import { useState } from 'react'
import { focusOf, motionTitle } from '../../domain/session/hall'
import { CHOICE_LABEL, CHOICES, type Choice, type Motion, type Vote } from '../../domain/session/model'
import { nameOf, votersFor } from '../../domain/session/present'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Deciding } from './deciding'
import { MotionBadge } from './motion-acts'
import { MotionWords } from './motion-words'
import { ResultSheet } from './result-sheet'
import { useRoomView } from './room-context'

/** On a phone: what is being decided, with its text, to choose in large; else what is before the group, or was decided. */
export function VoteSheet() {
  const { state } = useRoomView()
  const focus = focusOf(state)
  if (focus.is === 'nothing')
    return <p className="text-muted">Nothing is before the group: no motion was proposed on this item.</p>
  const { motion } = focus
  const next = focus.is === 'result' ? focus.next : null
  return (
    <>
      <TheMotion motion={motion} />
      {focus.is === 'deciding' ? <Choosing key={motion.id} motion={motion} /> : null}
      {focus.is === 'result' && motion.result ? <ResultSheet motion={motion} result={motion.result} /> : null}
      {focus.is === 'result' && motion.how === 'consensus' ? (
        <p className="my-2 font-semibold text-green">Adopted by consensus.</p>
      ) : null}
      {next ? <TheMotion motion={next} /> : null}
    </>
  )
}

function TheMotion({ motion }: { motion: Motion }) {
  const { state } = useRoomView()
  return (
    <div className="mb-3">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="min-w-0 text-lg">{motionTitle(state, motion)}</h3>
        <MotionBadge state={motion.state} />
      </div>
      <MotionWords motion={motion} className="mt-1" />
    </div>
  )
}

/** A roll-call is chosen first and cast then: a thumb slips, and a vote is not taken back. */
function Choosing({ motion }: { motion: Motion }) {
  const { who } = useRoomView()
  const { vote } = motion
  if (motion.state !== 'voting' || vote?.method !== 'roll_call' || !who.may.vote)
    return <Deciding motion={motion} large />
  return (
    <>
      <p className="text-sm text-muted">
        {vote.voters.length} of {vote.entitled.length} delegations have voted.
      </p>
      {votersFor(vote, who.delegationId).map((id) => (
        <OneVote key={id} motion={motion} vote={vote} delegationId={id} />
      ))}
    </>
  )
}

function OneVote({ motion, vote, delegationId }: { motion: Motion; vote: Vote; delegationId: string }) {
  const { state, who, ask } = useRoomView()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [busy, setBusy] = useState(false)
  const name = nameOf(state, delegationId)
  if (vote.voters.includes(delegationId))
    return (
      <p
        role="status"
        className="mt-3 border border-green bg-green-wash px-3 py-3 text-lg font-semibold text-green"
      >
        {name} has voted.
      </p>
    )
  const cast = async (chosen: Choice) => {
    setBusy(true)
    const of = delegationId === who.delegationId ? null : delegationId
    await ask({ act: 'vote', motionId: motion.id, choice: chosen, of })
    setBusy(false)
  }
  return (
    <fieldset className="mt-3">
      <legend className="text-lg font-semibold">{name} votes</legend>
      <div className="mt-1 grid gap-2">
        {CHOICES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={choice === one}
            onClick={() => setChoice(one)}
            className={classNames(
              'min-h-16 rounded-lg border text-2xl font-semibold',
              choice === one ? 'border-accent bg-accent text-on-accent' : 'border-line bg-sheet text-accent',
            )}
          >
            {CHOICE_LABEL[one]}
          </button>
        ))}
      </div>
      {choice ? (
        <Button
          type="button"
          variant="primary"
          busy={busy}
          className="mt-3 min-h-14 w-full text-xl"
          onClick={() => void cast(choice)}
        >
          Cast “{CHOICE_LABEL[choice]}” for {name}
        </Button>
      ) : null}
    </fieldset>
  )
}
