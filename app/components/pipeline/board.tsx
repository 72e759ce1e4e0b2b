import { Link } from '@remix-run/react'
import { type DragEvent, useState } from 'react'
import { INSTRUMENT_LABEL } from '../../domain/money-instruments'
import type { Totals } from '../../domain/money-ledger'
import { FINANCING_STAGE_LABEL, type FinancingStage, moveTo } from '../../domain/money-stages'
import { BOARD_STAGES, ENDED_STAGES, moveBetween } from '../../domain/pipeline'
import { Badge, MarkingBadge } from '../ui/badge'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { toast } from '../ui/toast'
import type { MoveWish } from './move-dialog'
import { type AskLine, pathOf } from './row'
import { SumLines } from './sums'

export type StageSum = {
  stage: FinancingStage
  count: number
  stuck: number
  closed: number
  totals: Totals[]
}

/** Columns by stage. A card moves by being dragged, or by its button; both ask in the same dialog. */
export function Board({
  stages,
  asks,
  search,
  onMove,
}: {
  stages: readonly StageSum[]
  asks: readonly AskLine[]
  /** The address' query, for links to all of a stage. */
  search: URLSearchParams
  onMove: (wish: MoveWish) => void
}) {
  const [dragged, setDragged] = useState<AskLine | null>(null)
  const to = (stage: FinancingStage) => {
    const next = new URLSearchParams(search)
    next.set('view', 'table')
    next.set('at', stage)
    next.delete('page')
    return `?${next}`
  }
  const drop = (stage: FinancingStage) => {
    if (!dragged || dragged.stage === stage) return
    const move = moveBetween(dragged.stage, stage, dragged.heldFrom)
    if (move && dragged.moves.includes(move)) onMove({ ask: dragged, move })
    else
      toast(
        `“${dragged.title}” cannot go from ${FINANCING_STAGE_LABEL[dragged.stage]} to ${FINANCING_STAGE_LABEL[stage]} by you now.`,
        'problem',
      )
  }
  const sumOf = (stage: FinancingStage) => stages.find((one) => one.stage === stage)
  return (
    <>
      <div
        // Wider than the window: it scrolls by keyboard too.
        {...{ role: 'group', tabIndex: 0, 'aria-label': 'Board, scrolls sideways' }}
        className="-mx-4 overflow-x-auto px-4 pb-3 sm:-mx-6 sm:px-6"
      >
        {/* Columns are as high as the longest: a card can be dropped anywhere in one. */}
        <div className="flex gap-3">
          {BOARD_STAGES.map((stage) => {
            const here = asks.filter((ask) => ask.stage === stage)
            const sum = sumOf(stage)
            const takes =
              dragged?.moves.some((move) => moveTo(move, dragged.stage, dragged.heldFrom) === stage) ?? false
            return (
              <Column key={stage} stage={stage} takes={takes} onDrop={() => drop(stage)} sum={sum}>
                {here.map((ask) => (
                  <Card
                    key={ask.id}
                    ask={ask}
                    onMove={() => onMove({ ask, move: null })}
                    onDrag={setDragged}
                  />
                ))}
                {sum && sum.count > here.length ? (
                  <li className="text-sm">
                    <Link to={to(stage)} className="link">
                      All {sum.count.toLocaleString('en')}
                    </Link>
                  </li>
                ) : null}
              </Column>
            )
          })}
        </div>
      </div>
      <p className="mt-3 text-sm text-muted">
        Over:{' '}
        {ENDED_STAGES.map((stage, index) => (
          <span key={stage}>
            {index ? ', ' : ''}
            <Link to={to(stage)} className="link">
              {FINANCING_STAGE_LABEL[stage].toLowerCase()} {sumOf(stage)?.count ?? 0}
            </Link>
          </span>
        ))}
      </p>
    </>
  )
}

function Column({
  stage,
  sum,
  takes,
  onDrop,
  children,
}: {
  stage: FinancingStage
  sum: StageSum | undefined
  /** The card that is dragged may go here. */
  takes: boolean
  onDrop: () => void
  children: React.ReactNode
}) {
  const over = (event: DragEvent) => event.preventDefault()
  return (
    <section
      aria-label={FINANCING_STAGE_LABEL[stage]}
      data-stage={stage}
      onDragOver={over}
      onDrop={(event) => {
        event.preventDefault()
        onDrop()
      }}
      className={`${sum?.count ? 'w-64' : 'w-36'} shrink-0 border-t-4 p-1.5 ${takes ? 'border-green bg-green-wash' : 'border-ink/60'}`}
    >
      <h2 className="text-base">
        {FINANCING_STAGE_LABEL[stage]}{' '}
        <span className="font-sans text-sm font-normal text-muted">
          {(sum?.count ?? 0).toLocaleString('en')}
          {sum?.stuck ? `, ${sum.stuck} stuck` : ''}
        </span>
      </h2>
      <div className="mb-2 min-h-4">{sum ? <SumLines totals={sum.totals} /> : null}</div>
      <ul className="space-y-2">{children}</ul>
    </section>
  )
}

function Card({
  ask,
  onMove,
  onDrag,
}: {
  ask: AskLine
  onMove: () => void
  onDrag: (ask: AskLine | null) => void
}) {
  const movable = ask.moves.length > 0
  return (
    <li
      draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', ask.title)
        event.dataTransfer.effectAllowed = 'move'
        onDrag(ask)
      }}
      onDragEnd={() => onDrag(null)}
      className={`border border-rule bg-sheet px-2.5 py-2 text-sm ${movable ? 'cursor-grab' : ''}`}
    >
      <div className="font-semibold">
        <Link id={`ask-${ask.id}`} to={pathOf(ask)} className="row-link" draggable={false}>
          {ask.title}
        </Link>
      </div>
      {ask.project && ask.project !== ask.title ? <p className="text-xs text-muted">{ask.project}</p> : null}
      <p className="mt-1">{ask.institution}</p>
      <p className="text-xs text-muted">
        {ask.instrument
          ? INSTRUMENT_LABEL[ask.instrument]
          : (ask.announcedInstrument ?? 'instrument not named')}
      </p>
      {ask.lead ? (
        <p className="text-xs text-muted">
          {ask.leadIso2 ? <Flag iso2={ask.leadIso2} size={16} className="mr-1" /> : null}
          {ask.lead}
        </p>
      ) : null}
      {ask.totals ? (
        <SumLines totals={ask.totals} />
      ) : (
        <p className="text-xs text-muted">Amounts are not open to you.</p>
      )}
      <p className="mt-1 flex flex-wrap items-center gap-1">
        <MarkingBadge marking={ask.marking} />
        {ask.announced ? <Badge>as announced</Badge> : null}
        {ask.stuck.length ? <Badge tone="red">stuck</Badge> : null}
      </p>
      <StuckLines stuck={ask.stuck} />
      {ask.since ? (
        <p className="text-xs text-muted">
          since <Moment at={ask.since} />
        </p>
      ) : null}
      {movable ? (
        <Button
          type="button"
          size="sm"
          className="mt-2"
          onClick={onMove}
          aria-label={`Move ${ask.title}, ${ask.institution}`}
        >
          Move…
        </Button>
      ) : null}
    </li>
  )
}

/** Why it is stuck, and on whom. */
export function StuckLines({ stuck }: { stuck: AskLine['stuck'] }) {
  if (!stuck.length) return null
  return (
    <ul className="mt-1 text-xs text-red">
      {stuck.map(({ why, onWhom }) => (
        <li key={`${why} ${onWhom}`}>
          {why}, on {onWhom}
        </li>
      ))}
    </ul>
  )
}
