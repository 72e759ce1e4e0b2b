import { LEDGER_LABEL, type Totals } from '../../domain/money-ledger'
import { Money } from '../ui/money'
import { Table, Td, Th } from '../ui/table'
import { SHOWN_KINDS } from './pipeline-table'

/** Sums by kind and currency, kinds side by side and never added. */
export function TotalsTable({ totals }: { totals: readonly Totals[] }) {
  return (
    <Table caption="Totals by kind of money">
      <thead>
        <tr>
          <Th>Kind</Th>
          {totals.map(({ currency }) => (
            <Th key={currency} numeric>
              {currency}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...SHOWN_KINDS, 'repaid' as const, 'cancelled' as const].map((kind) => (
          <tr key={kind}>
            <Th scope="row">
              {LEDGER_LABEL[kind].label}
              <span className="block text-xs text-muted">{LEDGER_LABEL[kind].meaning}</span>
            </Th>
            {totals.map(({ currency, sums }) => (
              <Td key={currency} numeric>
                <Money amount={sums[kind]} currency={currency} />
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
