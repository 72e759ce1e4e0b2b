import { obligationKind } from '../../domain/agreement-words'
import type { ObligationState } from '../../domain/due'
import { Table, Td, Th } from '../ui/table'
import { DueDate } from './due-badge'

type Row = {
  position: number
  kind: string
  text: string
  due: string | null
  dueIsComputed: boolean
  state: ObligationState
}

/** What an agreement obliges to, in the order of its text. */
export function ObligationTable({
  obligations,
  today,
  of,
}: {
  obligations: readonly Row[]
  today: string
  /** Title of the agreement, for the table's name. */
  of: string
}) {
  return (
    <Table stack caption={`Obligations of ${of}`}>
      <thead>
        <tr>
          <Th className="w-28">Kind</Th>
          <Th>Obligation</Th>
          <Th className="w-56">Due</Th>
        </tr>
      </thead>
      <tbody>
        {obligations.map((owed) => (
          <tr key={owed.position}>
            <Td className="whitespace-nowrap text-muted" label="Kind">
              {obligationKind(owed.kind)}
            </Td>
            <Td className="min-w-52" label="Obligation">
              {owed.text}
            </Td>
            <Td label="Due">
              <DueDate owed={owed} today={today} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
