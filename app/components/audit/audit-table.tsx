import { Moment } from '../ui/date'
import { Table, Td, Th } from '../ui/table'

export type AuditLine = {
  id: number
  at: Date | string
  by: string | null
  email: string | null
  of: string | null
  from: string | null
  act: string
  objectKind: string
  objectId: string
  before: string | null
  after: string | null
}

/** Who did what to what, the last first. */
export function AuditTable({ entries }: { entries: readonly AuditLine[] }) {
  return (
    <Table stack caption="Audit trail">
      <thead>
        <tr>
          <Th numeric>Entry</Th>
          <Th>When</Th>
          <Th>Who</Th>
          <Th>Act</Th>
          <Th>Object</Th>
          <Th>Change</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((one) => (
          <tr key={one.id}>
            <Th scope="row" className="text-right">
              {one.id}
            </Th>
            <Td label="When">
              <Moment at={one.at} />
              {one.from ? <span className="block text-xs text-muted">from {one.from}</span> : null}
            </Td>
            <Td label="Who">
              {one.by ?? 'the portal'}
              {one.of ? <span className="block text-xs text-muted">{one.of}</span> : null}
            </Td>
            <Td label="Act">{one.act}</Td>
            <Td label="Object">
              {one.objectKind}
              <code className="block break-all text-2xs text-muted">{one.objectId}</code>
            </Td>
            <Td label="Change">
              <Change before={one.before} after={one.after} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Change({ before, after }: { before: string | null; after: string | null }) {
  return (
    <span className="text-xs">
      {before ? <del className="block break-words text-muted">{before}</del> : null}
      {after ? <ins className="block break-words no-underline">{after}</ins> : null}
    </span>
  )
}
