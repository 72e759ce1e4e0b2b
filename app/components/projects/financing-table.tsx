import { Badge } from '../ui/badge'
import { Day } from '../ui/date'
import { Money } from '../ui/money'
import { Table, Td, Th } from '../ui/table'

type Row = {
  position: number
  sourceOfFunds: string
  instrument: string | null
  amount: string | null
  currency: string | null
  upTo: boolean
  status: string | null
  date: string | null
}

/** What was announced of the money, line by line: kinds are never added up. */
export function FinancingTable({ rows }: { rows: readonly Row[] }) {
  return (
    <>
      <Table caption="Financing as announced" stack>
        <thead>
          <tr>
            <Th>Source of funds</Th>
            <Th>Instrument</Th>
            <Th numeric>Amount</Th>
            <Th>Status</Th>
            <Th>Date</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.position}>
              <Th scope="row">{row.sourceOfFunds}</Th>
              <Td label="Instrument">
                {row.instrument ?? <span className="text-muted">not given</span>}
                {row.instrument?.includes('letter of interest') ? (
                  <>
                    {' '}
                    <Badge tone="ochre">not a commitment</Badge>
                  </>
                ) : null}
              </Td>
              <Td label="Amount" numeric>
                {row.amount ? (
                  <>
                    {row.upTo ? 'up to ' : ''}
                    <Money amount={row.amount} currency={row.currency ?? ''} />
                  </>
                ) : (
                  <span className="text-muted">not given</span>
                )}
              </Td>
              <Td label="Status">{row.status ?? <span className="text-muted">not given</span>}</Td>
              <Td label="Date">
                <Day date={row.date} none="not given" />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-1.5 text-xs text-muted">
        As the sources say it. A letter of interest is not money; lines of different kinds are not added up.
      </p>
    </>
  )
}
