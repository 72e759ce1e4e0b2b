import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Moment } from '~/components/ui/date'
import { EmptyState } from '~/components/ui/empty'
import { Page, PageHeader } from '~/components/ui/page'
import { Table, Td, Th } from '~/components/ui/table'
import { notFound } from '~/domain/fault'
import { isRecordKind } from '~/domain/record-words'
import { respond } from '~/faults.server'
import { objectRecord } from '~/records.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Record: ${page?.title ?? 'not found'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const kind = params.kind ?? ''
    if (!isRecordKind(kind)) throw notFound()
    return objectRecord(context.portal.db, actor, kind, params.id ?? '')
  })

export default function ObjectRecord() {
  const { title, back, entries } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        title="Record"
        eyebrow={
          <Link className="link" to={back}>
            {title}
          </Link>
        }
      >
        <p>
          Who did what, the last first. Each entry is linked to the one before it by its SHA-256 and never
          changed.
        </p>
      </PageHeader>
      {entries.length ? (
        <Table caption="Record" stack>
          <thead>
            <tr>
              <Th numeric>Entry</Th>
              <Th>When</Th>
              <Th>Who</Th>
              <Th>What</Th>
            </tr>
          </thead>
          <tbody>
            {entries.map((one) => (
              <tr key={one.id}>
                <Td numeric label="Entry">
                  {one.id}
                  <code title={`SHA-256 ${one.hash}`} className="block text-2xs text-muted">
                    {one.hash.slice(0, 12)}…
                  </code>
                </Td>
                <Td label="When">
                  <Moment at={one.at} />
                </Td>
                <Td label="Who">
                  {one.by ?? 'the portal'}
                  {one.of ? <span className="block text-xs text-muted">{one.of}</span> : null}
                </Td>
                <Td label="What">
                  {one.what}
                  {one.change ? (
                    <span className="block max-w-prose break-words text-xs text-muted">{one.change}</span>
                  ) : null}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : (
        <EmptyState title="Nothing is on record">
          <p>It came with the portal’s directory; what is done with it from now on appears here.</p>
        </EmptyState>
      )}
    </Page>
  )
}
