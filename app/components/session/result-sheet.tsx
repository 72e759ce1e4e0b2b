import { useEffect, useState } from 'react'
import {
  CHOICE_LABEL,
  CHOICES,
  type Choice,
  METHOD_LABEL,
  type Motion,
  type Result,
} from '../../domain/session/model'
import { nameOf } from '../../domain/session/present'
import { keptPaper, receiptOfPaper } from '../../live/paper'
import { useRoomView } from './room-context'

/** Whether the ballots cast in this browser were counted as they were cast. */
function OwnReceipts({ motion, ballots }: { motion: Motion; ballots: NonNullable<Result['ballots']> }) {
  const { state, who } = useRoomView()
  const [own, setOwn] = useState<{ id: string; receipt: string; cast: Choice }[]>([])
  useEffect(() => {
    const papers = Object.keys(state.delegations).flatMap((id) => {
      const paper = keptPaper(who.userId, motion.id, id)
      return paper?.cast ? [{ id, receipt: receiptOfPaper(paper), cast: paper.cast }] : []
    })
    setOwn(papers)
  }, [state.delegations, who.userId, motion.id])
  return (
    <>
      {own.map(({ id, receipt, cast }) => {
        const counted = ballots.find((one) => one.receipt === receipt)?.choice
        return (
          <p key={id} className="mt-1">
            The receipt of {nameOf(state, id)} is <code className="font-semibold">{receipt}</code>:{' '}
            {counted === cast
              ? `counted as it was cast, “${CHOICE_LABEL[cast]}”.`
              : 'not counted as it was cast. Tell the secretary.'}
          </p>
        )
      })}
    </>
  )
}

/** The result of a vote with its arithmetic: by delegation, or by receipt where it was secret. */
export function ResultSheet({ motion, result }: { motion: Motion; result: Result }) {
  const { state } = useRoomView()
  if (result.void !== null)
    return (
      <p className="my-2 border border-red border-l-4 bg-red-wash px-3 py-2 text-sm">
        The ballot was void. {result.void}
      </p>
    )
  return (
    <section
      aria-label={`Result: ${motion.title}`}
      className="my-2 border border-rule bg-well px-3 py-2 text-sm"
    >
      <p className="font-semibold">
        {METHOD_LABEL[result.method]}: {result.adopted ? 'adopted' : 'not adopted'}
      </p>
      <p>{result.arithmetic}</p>
      <details className="mt-1">
        <summary className="cursor-pointer">
          {result.roll ? 'How each delegation voted' : 'Ballots by receipt'}
        </summary>
        <dl className="mt-1">
          {CHOICES.map((choice) => (
            <div key={choice} className="mt-1">
              <dt className="font-semibold">
                {CHOICE_LABEL[choice]} ({result.counts[choice]})
              </dt>
              <dd className={result.ballots ? 'font-mono text-xs' : undefined}>
                {result.roll
                  ? Object.entries(result.roll)
                      .filter(([, one]) => one === choice)
                      .map(([id]) => nameOf(state, id))
                      .sort()
                      .join(', ')
                  : result.ballots
                      ?.filter((one) => one.choice === choice)
                      .map(({ receipt }) => receipt)
                      .join(', ')}
              </dd>
            </div>
          ))}
        </dl>
        {result.ballots ? <OwnReceipts motion={motion} ballots={result.ballots} /> : null}
        {result.ballots ? (
          <p className="mt-1 text-xs text-muted">
            Count them: find your own receipt in the list; there are no more ballots than delegations that
            took a paper.
          </p>
        ) : null}
      </details>
    </section>
  )
}
