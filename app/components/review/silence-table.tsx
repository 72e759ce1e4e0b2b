import { Link } from '@remix-run/react'
import { SILENCE_STATE_LABEL, type SilenceState } from '../../domain/silence'
import { Badge, type Tone } from '../ui/badge'
import { Table, Td, Th } from '../ui/table'
import { Deadline } from './deadline'

const TONE: Record<SilenceState, Tone> = {
  open: 'ochre',
  broken: 'red',
  adopted: 'green',
  cancelled: 'neutral',
}

export const SilenceBadge = ({ state }: { state: SilenceState }) => (
  <Badge tone={TONE[state]}>{SILENCE_STATE_LABEL[state]}</Badge>
)

/** Silence procedures that the reader may see. */
export function SilenceTable({
  procedures,
}: {
  procedures: readonly {
    id: string
    title: string
    state: SilenceState
    deadline: Date | string
    zone: string
    group: string
  }[]
}) {
  return (
    <Table caption="Silence procedures" stack>
      <thead>
        <tr>
          <Th>Text about</Th>
          <Th>Group</Th>
          <Th>State</Th>
          <Th>Deadline</Th>
        </tr>
      </thead>
      <tbody>
        {procedures.map((one) => (
          <tr key={one.id}>
            <Th scope="row" className="min-w-48">
              <Link to={`/silence/${one.id}`} prefetch="intent" className="row-link">
                {one.title}
              </Link>
            </Th>
            <Td label="Group">{one.group}</Td>
            <Td label="State">
              <SilenceBadge state={one.state} />
            </Td>
            <Td label="Deadline">
              <Deadline at={one.deadline} zone={one.zone} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
