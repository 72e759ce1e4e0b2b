import { focusOf, motionTitle } from '../../domain/session/hall'
import {
  BASE_LABEL,
  CHOICE_LABEL,
  CHOICES,
  MAJORITY_LABEL,
  METHOD_LABEL,
  MOTION_STATE_LABEL,
  type Motion,
  type Result,
  type SessionState,
  type Vote,
} from '../../domain/session/model'
import { nameOf } from '../../domain/session/present'
import { classNames } from '../ui/class-names'
import { HallAgenda } from './hall-agenda'
import { MotionWords } from './motion-words'

/** What is before the group: the motion with its text, the vote on it, and then what came of it. */
export function HallFocus({ state }: { state: SessionState }) {
  const focus = focusOf(state)
  return (
    <section
      aria-label="Before the group"
      aria-live="polite"
      className="relative min-h-0 min-w-0 overflow-hidden"
    >
      {focus.is === 'nothing' ? <HallAgenda state={state} /> : null}
      {focus.is === 'motion' ? <Words state={state} motion={focus.motion} /> : null}
      {focus.is === 'deciding' ? (
        <>
          <Deciding state={state} motion={focus.motion} />
          <Words state={state} motion={focus.motion} />
        </>
      ) : null}
      {focus.is === 'result' ? (
        <>
          <Outcome state={state} motion={focus.motion} brief={focus.next !== null} />
          {focus.next ? <Words state={state} motion={focus.next} /> : null}
        </>
      ) : null}
    </section>
  )
}

/** The longer, the smaller, and never too small to be read; what does not fit goes on in the room. */
const sizeOf = (text: string) =>
  text.length < 220
    ? 'text-[max(1.25rem,2.9vw)]'
    : text.length < 480
      ? 'text-[max(1.125rem,2.4vw)]'
      : 'text-[max(1rem,2vw)]'

function Words({ state, motion }: { state: SessionState; motion: Motion }) {
  return (
    <div className="mt-[0.8vw] first:mt-0">
      <p className="text-muted">
        {MOTION_STATE_LABEL[motion.state]}. Proposed by {nameOf(state, motion.by.delegationId)}
        {motion.seconder ? `, seconded by ${nameOf(state, motion.seconder)}` : ''}
      </p>
      <h2 className="line-clamp-2 text-[max(1.25rem,2.6vw)] leading-tight">{motionTitle(state, motion)}</h2>
      <MotionWords motion={motion} className={classNames('mt-[0.6vw] leading-snug', sizeOf(motion.text))} />
    </div>
  )
}

function Deciding({ state, motion }: { state: SessionState; motion: Motion }) {
  return (
    <div className="border-l-[0.5vw] border-ochre bg-ochre-wash px-[1.4vw] py-[0.9vw]">
      {motion.state === 'consensus' || !motion.vote ? (
        <>
          <p className="text-[max(1.5rem,3vw)] font-semibold leading-tight">Is there consensus?</p>
          <p>
            {motion.objections.length === 0
              ? 'It is adopted unless a delegation objects.'
              : `Objects: ${motion.objections.map(({ delegationId }) => nameOf(state, delegationId)).join(', ')}`}
          </p>
        </>
      ) : (
        <Voting vote={motion.vote} papers={motion.state === 'papers'} />
      )}
    </div>
  )
}

/** How many have voted, never how; of a secret ballot only who has a paper: that is told by name as well. */
function Voting({ vote, papers }: { vote: Vote; papers: boolean }) {
  const { entitled, voters } = vote
  const secret = vote.method === 'secret'
  return (
    <>
      <p className="text-[max(1.5rem,3vw)] font-semibold leading-tight">
        {papers ? 'Secret ballot: papers are given out' : `${METHOD_LABEL[vote.method]}: the vote is open`}
      </p>
      <p>
        <span className="text-[max(2rem,4.5vw)] font-semibold leading-none tabular-nums">
          {voters.length} of {entitled.length}
        </span>{' '}
        delegations {secret ? 'have a ballot paper' : 'have voted'}
      </p>
      <div aria-hidden="true" className="my-[0.4vw] h-[0.6vw] bg-well">
        <div
          className="h-full bg-ochre"
          style={{ width: `${(100 * voters.length) / Math.max(1, entitled.length)}%` }}
        />
      </div>
      <p className="text-muted">
        {MAJORITY_LABEL[vote.majority]} {BASE_LABEL[vote.base]}
      </p>
    </>
  )
}

/** The result sheet, in large type. `brief`: another text has to stand beneath it. */
function Outcome({ state, motion, brief }: { state: SessionState; motion: Motion; brief: boolean }) {
  const { result } = motion
  const adopted = motion.state === 'adopted'
  const isVoid = result !== null && result.void !== null
  return (
    <div
      className={classNames(
        'border-l-[0.5vw] px-[1.4vw] py-[0.9vw]',
        adopted ? 'border-green bg-green-wash' : 'border-red bg-red-wash',
      )}
    >
      <p className="line-clamp-2 font-serif">{motionTitle(state, motion)}</p>
      <p
        className={classNames(
          'font-semibold leading-tight',
          brief ? 'text-[max(1.5rem,3vw)]' : 'text-[max(2rem,4.5vw)]',
          adopted ? 'text-green' : 'text-red',
        )}
      >
        {isVoid ? 'The ballot was void' : adopted ? 'Adopted' : 'Not adopted'}
        {adopted && motion.how === 'consensus' ? ' by consensus' : ''}
        {motion.number ? (
          <>
            , <span className="whitespace-nowrap font-normal">{motion.number}</span>
          </>
        ) : null}
      </p>
      {isVoid ? <p>{result.void}</p> : null}
      {result && !isVoid && motion.how === 'vote' ? (
        <Counts state={state} result={result} brief={brief} />
      ) : null}
    </div>
  )
}

function Counts({ state, result, brief }: { state: SessionState; result: Result; brief: boolean }) {
  const { roll } = result
  return (
    <>
      <dl className="mt-[0.5vw] flex flex-wrap gap-x-[2.5vw]">
        {CHOICES.map((choice) => (
          <div key={choice} className="flex items-baseline gap-[0.7vw]">
            <dt>{CHOICE_LABEL[choice]}</dt>
            <dd
              className={classNames(
                'font-semibold tabular-nums leading-none',
                brief ? 'text-[max(1.5rem,3vw)]' : 'text-[max(2.5rem,5.5vw)]',
              )}
            >
              {result.counts[choice]}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-[0.4vw] text-muted">{result.arithmetic}</p>
      {roll && !brief ? (
        <dl className="mt-[0.6vw] space-y-[0.3vw] leading-tight">
          {CHOICES.map((choice) => {
            const names = Object.entries(roll)
              .filter(([, one]) => one === choice)
              .map(([id]) => nameOf(state, id))
              .sort((a, b) => a.localeCompare(b))
            return names.length === 0 ? null : (
              // With many delegations it is for the first rows of the hall: the counts are for all.
              <div key={choice} className={names.length > 12 ? 'text-[max(0.875rem,1.35vw)]' : undefined}>
                <dt className="inline font-semibold">{CHOICE_LABEL[choice]}: </dt>
                <dd className="inline">{names.join(', ')}</dd>
              </div>
            )
          })}
        </dl>
      ) : null}
    </>
  )
}
