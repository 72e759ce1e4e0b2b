import {
  BASE_LABEL,
  CHOICE_LABEL,
  CHOICES,
  MAJORITY_LABEL,
  METHOD_LABEL,
  type Motion,
  type Vote,
} from '../../domain/session/model'
import { nameOf, votersFor } from '../../domain/session/present'
import { ActButton } from './act-button'
import { ReasonForm } from './reason-form'
import { useRoomView } from './room-context'
import { SecretBallot } from './secret-ballot'

/** What is being decided over a motion now: consensus with its objections, or a vote. `large`: to be chosen by thumb. */
export function Deciding({ motion, large = false }: { motion: Motion; large?: boolean }) {
  if (motion.state === 'consensus') return <Consensus motion={motion} />
  if ((motion.state === 'papers' || motion.state === 'voting') && motion.vote)
    return <Voting motion={motion} vote={motion.vote} large={large} />
  return null
}

function Consensus({ motion }: { motion: Motion }) {
  const { state, who } = useRoomView()
  const own = motion.objections.some(({ delegationId }) => delegationId === who.delegationId)
  return (
    <section
      aria-label="Consensus"
      className="my-2 border border-ochre border-l-4 bg-ochre-wash px-3 py-2 text-sm"
    >
      <p className="font-semibold">Is there consensus? It is adopted unless a delegation objects.</p>
      {motion.objections.length > 0 ? (
        <ul className="my-1 list-disc pl-5">
          {motion.objections.map((one) => (
            <li key={one.delegationId}>
              {nameOf(state, one.delegationId)} objects: {one.text}
            </li>
          ))}
        </ul>
      ) : (
        <p className="my-1 text-muted">No objection so far.</p>
      )}
      <div className="flex flex-wrap gap-1.5">
        {own ? (
          <ActButton act={{ act: 'withdraw_objection', motionId: motion.id }}>
            Withdraw the objection
          </ActButton>
        ) : (
          <ReasonForm
            trigger="Object"
            variant="danger"
            title="Object"
            label="Why: everybody reads it"
            act={(text) => ({ act: 'object', motionId: motion.id, text })}
          />
        )}
        <ReasonForm
          trigger="Reservation"
          title="Attach a reservation"
          label="What your delegation reserves, or how it reads the text"
          act={(text) => ({ act: 'reserve', motionId: motion.id, text })}
        />
        <ActButton act={{ act: 'conclude', motionId: motion.id }} variant="primary">
          {motion.objections.length > 0 ? 'Conclude: no consensus' : 'Conclude: adopted by consensus'}
        </ActButton>
      </div>
    </section>
  )
}

function Voting({ motion, vote, large }: { motion: Motion; vote: Vote; large: boolean }) {
  const { state } = useRoomView()
  const secret = vote.method === 'secret'
  const missing = vote.entitled.filter((id) => !vote.voters.includes(id))
  return (
    <section
      aria-label={METHOD_LABEL[vote.method]}
      className="my-2 border border-ochre border-l-4 bg-ochre-wash px-3 py-2 text-sm"
    >
      <p className="font-semibold">
        {METHOD_LABEL[vote.method]}: {MAJORITY_LABEL[vote.majority].toLowerCase()} {BASE_LABEL[vote.base]}
      </p>
      <p>
        {vote.voters.length} of {vote.entitled.length} delegations{' '}
        {secret ? 'have a ballot paper' : 'have voted'}.
        {missing.length > 0 && missing.length <= 8 ? (
          <span className="text-muted"> Not yet: {missing.map((id) => nameOf(state, id)).join(', ')}.</span>
        ) : null}
      </p>
      {secret ? (
        <SecretBallot motion={motion} vote={vote} large={large} />
      ) : (
        <RollCall motion={motion} vote={vote} />
      )}
      <div className="mt-2 flex flex-wrap gap-1.5">
        <ActButton act={{ act: 'close_vote', motionId: motion.id }} variant="primary">
          Close the vote
        </ActButton>
        <ReasonForm
          trigger="Cancel the vote"
          variant="danger"
          title="Cancel the vote?"
          label="Why"
          hint="Nothing of it is counted. It may be opened again."
          act={(reason) => ({ act: 'cancel_vote', motionId: motion.id, reason })}
        />
      </div>
    </section>
  )
}

function RollCall({ motion, vote }: { motion: Motion; vote: Vote }) {
  const { state, who } = useRoomView()
  if (!who.may.vote) return null
  return (
    <>
      {votersFor(vote, who.delegationId).map((id) =>
        vote.voters.includes(id) ? (
          <p key={id} role="status" className="mt-1 font-semibold">
            {nameOf(state, id)} has voted.
          </p>
        ) : (
          <fieldset key={id} className="mt-1 flex flex-wrap items-center gap-2">
            <legend className="sr-only">The vote of {nameOf(state, id)}</legend>
            <span>{nameOf(state, id)}:</span>
            {CHOICES.map((choice) => (
              <ActButton
                key={choice}
                act={{ act: 'vote', motionId: motion.id, choice, of: id === who.delegationId ? null : id }}
                size="md"
              >
                {CHOICE_LABEL[choice]}
              </ActButton>
            ))}
          </fieldset>
        ),
      )}
    </>
  )
}
