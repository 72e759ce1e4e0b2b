import type { ReactNode } from 'react'
import { PROGRAMME_LABEL, PROGRAMMES, type Programme, type Standing } from '../../domain/standing'
import { classNames } from '../ui/class-names'
import { Day } from '../ui/date'
import { Source } from '../ui/source'
import { Table, Td, Th } from '../ui/table'
import { StandingBadge } from './standing-badge'

export type StandingRow = {
  programme: Programme
  value: Standing
  detail: string | null
  validFrom: string | null
  validTo: string | null
  asOf: string
  source: string | null
  confidence: string | null
}

/** A partner's standing in each programme, ended ones after the current; a programme without a record is not known. */
export function ProgrammeTable({
  standings,
  partner,
}: {
  standings: readonly StandingRow[]
  partner: string
}) {
  const rows = PROGRAMMES.flatMap((programme) => {
    const known = standings.filter((row) => row.programme === programme)
    return known.length ? known : [blank(programme)]
  })
  return (
    <Table stack caption={`Programmes of ${partner}`}>
      <thead>
        <tr>
          <Th>Programme</Th>
          <Th>Standing</Th>
          <Th>Detail</Th>
          <Th>Since</Th>
          <Th>Evidence</Th>
          <Th>Source</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.programme} ${row.asOf}`} className={row.validTo ? 'text-muted' : undefined}>
            <Th scope="row" className="whitespace-nowrap font-semibold">
              {PROGRAMME_LABEL[row.programme]}
            </Th>
            <Td label="Standing">
              <StandingBadge value={row.value} />
              {row.validTo ? (
                <span className="block text-xs text-muted">
                  until <Day date={row.validTo} />
                </span>
              ) : null}
            </Td>
            <Given label="Detail" className="min-w-40">
              {row.detail?.replaceAll('_', ' ')}
            </Given>
            <Given label="Since">{row.validFrom ? <Day date={row.validFrom} /> : null}</Given>
            <Given label="Evidence" className="min-w-32">
              {row.confidence}
            </Given>
            <Td label="Source" className="min-w-64 max-w-96 text-xs">
              <Source text={row.source} none="none" />
              {row.asOf ? (
                <span className="mt-0.5 block text-muted">
                  as of <Day date={row.asOf} />
                </span>
              ) : null}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** A cell that says so where nothing is given; on a phone it is left out. */
function Given({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <Td label={label} className={classNames(className, !children && 'max-sm:hidden!')}>
      {children || <span className="text-muted">not given</span>}
    </Td>
  )
}

const blank = (programme: Programme): StandingRow => ({
  programme,
  value: 'not_known',
  detail: null,
  validFrom: null,
  validTo: null,
  asOf: '',
  source: null,
  confidence: null,
})
