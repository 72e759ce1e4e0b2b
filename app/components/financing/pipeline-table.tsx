import { Link } from '@remix-run/react'
import { INSTRUMENT_LABEL, type Instrument } from '../../domain/money-instruments'
import { LEDGER_LABEL, type LedgerKind } from '../../domain/money-ledger'
import type { FinancingStage } from '../../domain/money-stages'
import type { Sought } from '../../domain/request-fields'
import { Flag } from '../ui/flag'
import { Money } from '../ui/money'
import { Table, Td, Th } from '../ui/table'
import { SoughtLine } from './sought'
import { StageBadge } from './stage-badge'

type Row = {
  id: string
  requestId: string
  title: string
  projectId: string
  project: string
  sourceName: string
  instrument: Instrument | null
  announcedInstrument: string | null
  announcedStatus: string | null
  confidence: string | null
  currency: string
  stage: FinancingStage
  lead: string | null
  leadIso2: string | null
  sums: Record<LedgerKind, string> | null
  /** What its request seeks in all; null for those who do not read its text. */
  sought: Sought | null
}

/** The kinds that stand beside one another, never added up. */
export const SHOWN_KINDS = ['indicated', 'requested', 'approved', 'committed', 'disbursed'] as const

/** Whether a decimal is more than nothing. */
const isSome = (amount: string) => /[1-9]/.test(amount)

/** One ask a line; each kind of money has a column of its own. */
export function PipelineTable({ rows, withProject }: { rows: readonly Row[]; withProject: boolean }) {
  return (
    <Table caption="Financing by institution" stack>
      <thead>
        <tr>
          <Th className="sm:min-w-56">Institution</Th>
          {withProject ? <Th>Project</Th> : null}
          <Th>Instrument</Th>
          <Th>Stage</Th>
          {SHOWN_KINDS.map((kind) => (
            <Th key={kind} numeric title={LEDGER_LABEL[kind].meaning}>
              {LEDGER_LABEL[kind].label}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <Th scope="row">
              <Link to={`/financing/asks/${row.id}`} className="row-link">
                {row.sourceName}
              </Link>
              <span className="block text-xs text-muted">
                {row.lead ? (
                  <>
                    {row.leadIso2 ? <Flag iso2={row.leadIso2} size={16} className="mr-1" /> : null}
                    asked by {row.lead}
                  </>
                ) : (
                  `as announced${row.announcedStatus ? `: ${row.announcedStatus}` : ''}`
                )}
              </span>
              {row.lead && withProject ? (
                <Link to={`/financing/${row.requestId}`} className="link block w-fit text-xs font-normal">
                  {row.title}
                </Link>
              ) : null}
              {withProject ? <SoughtLine sought={row.sought} /> : null}
            </Th>
            {withProject ? (
              <Td label="Project">
                <Link to={`/projects/${row.projectId}/money`} className="link">
                  {row.project}
                </Link>
              </Td>
            ) : null}
            <Td label="Instrument">
              {row.instrument || row.announcedInstrument ? (
                <span className="inline-block first-letter:uppercase">
                  {row.instrument ? INSTRUMENT_LABEL[row.instrument] : row.announcedInstrument}
                </span>
              ) : (
                <span className="text-muted">not given</span>
              )}
            </Td>
            <Td label="Stage">
              <StageBadge stage={row.stage} />
              {row.confidence ? (
                <span className="block text-xs text-muted" title="How well the announcement is corroborated">
                  {row.confidence}
                </span>
              ) : null}
            </Td>
            {SHOWN_KINDS.map((kind) => (
              <Td
                key={kind}
                numeric
                label={LEDGER_LABEL[kind].label}
                blank={row.sums !== null && !isSome(row.sums[kind])}
              >
                {row.sums === null ? (
                  <span className="text-muted">restricted</span>
                ) : isSome(row.sums[kind]) ? (
                  <Money amount={row.sums[kind]} currency={row.currency} />
                ) : (
                  <span className="text-muted">–</span>
                )}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
