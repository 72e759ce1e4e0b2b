import { Link } from '@remix-run/react'
import type { Marking } from '../../domain/marking'
import { Deadline } from '../review/deadline'
import { Badge, MarkingBadge } from '../ui/badge'
import { Day } from '../ui/date'
import { Table, Td, Th } from '../ui/table'

type Line = {
  id: string
  what: string
  title: string
  marking: Marking | null
  on: string | null
  at: Date | string | null
  zone: string | null
  link: string
}

/** What falls due, the next first; what has passed is called late. */
export function DeadlineTable({ deadlines, now }: { deadlines: readonly Line[]; now: string }) {
  return (
    <Table caption="Deadlines" stack>
      <thead>
        <tr>
          <Th>Due</Th>
          <Th>What</Th>
          <Th>Marking</Th>
        </tr>
      </thead>
      <tbody>
        {deadlines.map((one) => (
          <tr key={one.id}>
            <Td label="Due" className="sm:w-72">
              {one.on ? <Day date={one.on} /> : null}
              {one.at ? <Deadline at={one.at} zone={one.zone ?? 'UTC'} /> : null}
              {one.on && one.on < now.slice(0, 10) ? (
                <Badge tone="red" className="ml-2">
                  late
                </Badge>
              ) : null}
            </Td>
            <Th scope="row">
              <Link to={one.link} className="row-link">
                {one.title}
              </Link>
              <span className="block text-xs text-muted">{one.what}</span>
            </Th>
            <Td label="Marking">{one.marking ? <MarkingBadge marking={one.marking} /> : null}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
