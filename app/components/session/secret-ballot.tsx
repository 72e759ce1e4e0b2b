import { useEffect, useState } from 'react'
import { CHOICE_LABEL, CHOICES, type Motion, type Vote } from '../../domain/session/model'
import { nameOf, votersFor } from '../../domain/session/present'
import { castPaper, keptPaper, type Paper, receiptOfPaper, takePaper } from '../../live/paper'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { ActButton } from './act-button'
import { useRoomView } from './room-context'

/** Papers are given out by name; then the box is open, and they go into it without one. `large`: to be chosen by thumb. */
export function SecretBallot({ motion, vote, large }: { motion: Motion; vote: Vote; large: boolean }) {
  const { who } = useRoomView()
  return (
    <>
      <p className="mt-1 max-w-prose text-xs text-muted">
        {motion.state === 'papers'
          ? 'Each delegation takes its ballot paper, in the browser in which it will vote. When all that want one have it, the chair opens the box; no paper is given out after that.'
          : 'The box is open. Nothing anywhere ties a paper to who took it. Keep your receipt: it stands in the list of the result, so that you can check that your ballot was counted as you cast it.'}
      </p>
      {who.may.vote
        ? votersFor(vote, who.delegationId).map((id) => (
            <OnePaper key={id} motion={motion} vote={vote} delegationId={id} large={large} />
          ))
        : null}
      {who.may.run && motion.state === 'voting' ? <InTheBox motion={motion} /> : null}
      <ActButton act={{ act: 'open_box', motionId: motion.id }} variant="primary" className="mt-2">
        Open the box
      </ActButton>
    </>
  )
}

function OnePaper({
  motion,
  vote,
  delegationId,
  large,
}: {
  motion: Motion
  vote: Vote
  delegationId: string
  large: boolean
}) {
  const { sessionId, state, who } = useRoomView()
  const account = who.userId
  const motionId = motion.id
  const [paper, setPaper] = useState<Paper | null>(null)
  const [busy, setBusy] = useState(false)
  const look = () => setPaper(keptPaper(account, motionId, delegationId))
  useEffect(() => setPaper(keptPaper(account, motionId, delegationId)), [account, motionId, delegationId])
  const name = nameOf(state, delegationId)
  const has = vote.voters.includes(delegationId)

  async function take() {
    setBusy(true)
    const own = delegationId === who.delegationId
    const answer = await takePaper({ sessionId, account, motionId, delegationId, own })
    setBusy(false)
    look()
    if (!answer.ok) toast(answer.why, 'problem')
  }

  async function cast(choice: (typeof CHOICES)[number]) {
    setBusy(true)
    const answer = await castPaper({ account, motionId, delegationId }, choice)
    setBusy(false)
    look()
    if (!answer.ok) toast(answer.why, 'problem')
  }

  if (paper?.cast)
    return (
      <p role="status" className="mt-1">
        The ballot of {name} is in the box. Receipt:{' '}
        <code className="font-semibold">{receiptOfPaper(paper)}</code>
      </p>
    )
  if (motion.state === 'papers')
    return paper?.signature && has ? (
      <p role="status" className="mt-1 font-semibold">
        {name} has its ballot paper, in this browser.
      </p>
    ) : (
      <Button
        type="button"
        size={large ? 'lg' : 'md'}
        variant="primary"
        busy={busy}
        onClick={take}
        className={large ? 'mt-2 w-full' : 'mt-1'}
      >
        {has ? `Look for the ballot paper of ${name} here` : `Take the ballot paper of ${name}`}
      </Button>
    )
  if (!paper?.signature)
    return (
      <p className="mt-1">
        {has ? `The ballot paper of ${name} is in another browser.` : `${name} took no ballot paper.`}
      </p>
    )
  return (
    <fieldset className={large ? 'mt-2 flex flex-col gap-2' : 'mt-1 flex flex-wrap items-center gap-2'}>
      <legend className="sr-only">The secret vote of {name}</legend>
      <span>{name}:</span>
      {CHOICES.map((choice) => (
        <Button
          key={choice}
          type="button"
          size={large ? 'lg' : 'md'}
          busy={busy}
          onClick={() => cast(choice)}
        >
          {CHOICE_LABEL[choice]}
        </Button>
      ))}
    </fieldset>
  )
}

const LOOK_MS = 2000

/** For the chair: how many papers lie in the box, never what they say. */
function InTheBox({ motion }: { motion: Motion }) {
  const { sessionId } = useRoomView()
  const [count, setCount] = useState<number | null>(null)
  useEffect(() => {
    const look = async () => {
      const reply = await fetch(`/sessions/${sessionId}/box/${motion.id}`).catch(() => null)
      const answer: unknown = reply?.ok ? await reply.json() : null
      if (typeof answer === 'object' && answer && 'inBox' in answer && typeof answer.inBox === 'number')
        setCount(answer.inBox)
    }
    void look()
    const timer = setInterval(() => void look(), LOOK_MS)
    return () => clearInterval(timer)
  }, [sessionId, motion.id])
  return count === null ? null : (
    <p className="mt-1">
      In the box: {count} of {motion.vote?.voters.length ?? 0} papers.
    </p>
  )
}
