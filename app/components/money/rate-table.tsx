import { formatDecimal } from '../../domain/decimal-words'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { Day, Moment } from '../ui/date'
import { ConfirmForm } from '../ui/dialog'
import { TextField } from '../ui/field'
import { Source } from '../ui/source'
import { Table, Td, Th } from '../ui/table'

type Row = {
  id: string
  base: string
  quote: string
  day: string
  rate: string
  source: string
  enteredBy: string
  enteredAt: Date | string
  withdrawnBy: string | null
  withdrawnAt: Date | string | null
  withdrawnWhy: string | null
}

/** All rates that were entered, the withdrawn ones with who and why. */
export function RateTable({ rows, maySet }: { rows: readonly Row[]; maySet: boolean }) {
  return (
    <Table caption="Exchange rates" stack>
      <thead>
        <tr>
          <Th>Day</Th>
          <Th>Rate</Th>
          <Th>Source</Th>
          <Th>Entered</Th>
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <Th scope="row">
              <Day date={row.day} />
            </Th>
            <Td label="Rate" className={`whitespace-nowrap ${row.withdrawnAt ? 'line-through' : ''}`}>
              1 {row.base} = {formatDecimal(row.rate)} {row.quote}
            </Td>
            <Td label="Source">
              <Source text={row.source} />
            </Td>
            <Td label="Entered">
              {row.enteredBy}, <Moment at={row.enteredAt} />
            </Td>
            <Td label="State">
              <State row={row} maySet={maySet} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function State({ row, maySet }: { row: Row; maySet: boolean }) {
  if (row.withdrawnAt)
    return (
      <>
        <Badge tone="red">withdrawn</Badge>{' '}
        <span className="text-muted">
          {row.withdrawnBy}, <Moment at={row.withdrawnAt} />: {row.withdrawnWhy}
        </span>
      </>
    )
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone="green">holds</Badge>
      {maySet ? (
        <ConfirmForm
          trigger={
            <Button
              size="sm"
              variant="quiet"
              aria-label={`Withdraw 1 ${row.base} in ${row.quote} of ${row.day}`}
            >
              Withdraw
            </Button>
          }
          title="Withdraw this rate"
          confirm="Withdraw the rate"
        >
          <input type="hidden" name="act" value="withdraw" />
          <input type="hidden" name="id" value={row.id} />
          <p>
            1 {row.base} = {formatDecimal(row.rate)} {row.quote} stays on record and converts nothing any
            more.
          </p>
          <TextField label="What is wrong with it" name="why" required minLength={3} maxLength={300} />
        </ConfirmForm>
      ) : null}
    </span>
  )
}
