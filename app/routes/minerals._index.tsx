import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { ChemicalSymbol } from '~/components/supply/chemical-symbol'
import { Badge } from '~/components/ui/badge'
import { EmptyState } from '~/components/ui/empty'
import { SelectField, TextField } from '~/components/ui/field'
import { FilterForm } from '~/components/ui/filter-form'
import { Page, PageHeader } from '~/components/ui/page'
import { Table, Td, Th } from '~/components/ui/table'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'
import { mineralList } from '~/supply.server'

export const meta: MetaFunction = () => [{ title: 'Minerals · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    await requireActor(request, context)
    return { minerals: await mineralList(context.portal.db) }
  })

const LISTS = [
  { value: '', label: 'Every list' },
  { value: 'us', label: 'US critical 2025' },
  { value: 'strategic', label: 'EU strategic' },
  { value: 'critical', label: 'EU critical' },
]

export default function Minerals() {
  const { minerals } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const words = (search.get('q') ?? '').trim().toLowerCase()
  const list = search.get('list')
  const shown = minerals.filter(
    (one) =>
      (!words || one.name.toLowerCase().includes(words) || one.symbol?.toLowerCase() === words) &&
      (list === 'us'
        ? one.usCritical
        : list === 'strategic'
          ? one.euStrategic
          : list === 'critical'
            ? one.euCritical
            : true),
  )
  return (
    <Page>
      <PageHeader eyebrow={<Link to="/supply">Supply</Link>} title="Minerals">
        <p>On which lists each stands, and what is known of its supply here.</p>
      </PageHeader>
      <FilterForm
        label="Filter the minerals"
        names={['q', 'list']}
        className="no-print mb-4 grid items-end gap-3 sm:grid-cols-[2fr_1fr_auto]"
      >
        {(value) => (
          <>
            <TextField
              label="Name or symbol"
              name="q"
              type="search"
              autoComplete="off"
              defaultValue={value('q')}
            />
            <SelectField label="List" name="list" defaultValue={value('list')} options={LISTS} />
          </>
        )}
      </FilterForm>
      <p role="status" className="mb-2 text-sm text-muted">
        {shown.length === 1 ? '1 mineral' : `${shown.length} minerals`}
      </p>
      {shown.length ? (
        <Table caption="Minerals" stack>
          <thead>
            <tr>
              <Th>Mineral</Th>
              <Th>Group</Th>
              <Th>Lists</Th>
              <Th>To read here</Th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.id}>
                <Th scope="row">
                  <Link to={`/minerals/${one.id}`} className="row-link">
                    {one.name}
                  </Link>{' '}
                  <span className="text-muted">{one.symbol ? <ChemicalSymbol of={one.symbol} /> : null}</span>
                </Th>
                <Td label="Group">{one.group}</Td>
                <Td label="Lists">
                  <span className="flex flex-wrap gap-1">
                    {one.usCritical ? <Badge tone="accent">US critical</Badge> : null}
                    {one.euStrategic ? <Badge tone="accent">EU strategic</Badge> : null}
                    {one.euCritical ? <Badge>EU critical</Badge> : null}
                  </span>
                </Td>
                <Td label="To read here">
                  {[
                    one.production && 'production',
                    one.prices && 'prices',
                    one.reserves && 'reserves',
                    one.forms && 'HS codes',
                  ]
                    .filter(Boolean)
                    .join(', ') || <span className="text-muted">projects only</span>}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : (
        <EmptyState title="No mineral fits">
          <p>Search for another part of its name, or choose every list.</p>
        </EmptyState>
      )}
    </Page>
  )
}
