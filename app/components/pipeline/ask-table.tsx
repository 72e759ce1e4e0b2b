import { Link } from '@remix-run/react'
import { INSTRUMENT_LABEL } from '../../domain/money-instruments'
import { FINANCING_STAGE_LABEL } from '../../domain/money-stages'
import { Badge, MarkingBadge } from '../ui/badge'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'
import { StuckLines } from './board'
import type { MoveWish } from './move-dialog'
import { type AskLine, pathOf } from './row'
import { SumLines } from './sums'

/** The same asks as the board's, one a row. */
export function AskTable({ asks, onMove }: { asks: readonly AskLine[]; onMove: (wish: MoveWish) => void }) {
  return (
    <Table caption="Pipeline" stack>
      <thead>
        <tr>
          <Th>Request</Th>
          <Th>Institution</Th>
          <Th>Stage</Th>
          <Th>Money</Th>
          <Th>Asked by</Th>
          <Th>Since</Th>
          <Th>Stuck</Th>
        </tr>
      </thead>
      <tbody>
        {asks.map((ask) => {
          return (
            <tr key={ask.id}>
              <Th scope="row" className="min-w-48">
                <Link id={`ask-${ask.id}`} to={pathOf(ask)} className="row-link">
                  {ask.title}
                </Link>
                {ask.project && ask.project !== ask.title ? (
                  <span className="block text-xs text-muted">{ask.project}</span>
                ) : null}
                <span className="mt-1 flex flex-wrap gap-1">
                  <MarkingBadge marking={ask.marking} />
                  {ask.announced ? <Badge>as announced</Badge> : null}
                </span>
              </Th>
              <Td label="Institution">
                {ask.institution}
                <span className="block text-xs text-muted">
                  {ask.instrument
                    ? INSTRUMENT_LABEL[ask.instrument]
                    : (ask.announcedInstrument ?? 'not named')}
                </span>
              </Td>
              <Td label="Stage">
                {FINANCING_STAGE_LABEL[ask.stage]}
                {ask.announcedStatus ? (
                  <span className="block text-xs text-muted">the source: {ask.announcedStatus}</span>
                ) : null}
                {ask.moves.length ? (
                  <Button
                    type="button"
                    size="sm"
                    className="mt-1"
                    onClick={() => onMove({ ask, move: null })}
                    aria-label={`Move ${ask.title}, ${ask.institution}`}
                  >
                    Move…
                  </Button>
                ) : null}
              </Td>
              <Td label="Money">
                {ask.totals ? (
                  <SumLines totals={ask.totals} />
                ) : (
                  <span className="text-muted">not open to you</span>
                )}
              </Td>
              <Td label="Asked by">
                {ask.leadIso2 ? <Flag iso2={ask.leadIso2} className="mr-2" /> : null}
                {ask.lead ?? <span className="text-muted">nobody: announced</span>}
              </Td>
              <Td label="Since">
                {ask.since ? <Moment at={ask.since} /> : <span className="text-muted">not known</span>}
              </Td>
              <Td label="Stuck">
                {ask.stuck.length ? <StuckLines stuck={ask.stuck} /> : <span className="text-muted">no</span>}
              </Td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}
