import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useLocation, useNavigation } from '@remix-run/react'
import { auditTrail, ENTRIES_A_PAGE, verifyAuditTrail } from '~/audit.server'
import { AuditTable } from '~/components/audit/audit-table'
import { ChainState } from '~/components/audit/chain-state'
import { Button, LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { TextField } from '~/components/ui/field'
import { FilterForm } from '~/components/ui/filter-form'
import { Page, PageHeader } from '~/components/ui/page'
import { Pages } from '~/components/ui/pages'
import { auditFilterFrom } from '~/domain/audit-filter'
import { notFound } from '~/domain/fault'
import { can, PORTAL } from '~/domain/rights'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Audit trail · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const filter = auditFilterFrom(new URL(request.url).searchParams)
    return {
      ...(await auditTrail(context.portal.db, actor, filter)),
      page: filter.page,
      size: ENTRIES_A_PAGE,
    }
  })

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    if (!can(actor, 'read_audit', PORTAL)) throw notFound()
    const { end, broken } = await verifyAuditTrail(context.portal.db)
    return data({ count: end.id, hash: end.hash, broken, at: new Date().toISOString() })
  })

export default function AuditTrail() {
  const { entries, total, page, size } = useLoaderData<typeof loader>()
  const checked = useActionData<typeof action>()
  const { search } = useLocation()
  const navigation = useNavigation()
  return (
    <Page>
      <PageHeader
        title="Audit trail"
        actions={
          <>
            <LinkButton to={`/audit/export${search}`} reloadDocument size="sm">
              CSV
            </LinkButton>
            <Form method="post" preventScrollReset>
              <Button size="sm" busy={navigation.state === 'submitting'}>
                Check the chain
              </Button>
            </Form>
          </>
        }
      >
        <p>
          Every change of state, right, money or membership, each linked to the one before by its SHA-256.
        </p>
      </PageHeader>
      {checked ? <ChainState checked={checked} /> : null}
      <FilterForm
        label="Audit trail"
        names={['q', 'who', 'from', 'to']}
        className="no-print mb-3 grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[2fr_2fr_1fr_1fr_auto]"
      >
        {(value) => (
          <>
            <TextField label="Act or object" name="q" type="search" defaultValue={value('q')} />
            <TextField label="Person or delegation" name="who" type="search" defaultValue={value('who')} />
            <TextField label="From (UTC)" name="from" type="date" defaultValue={value('from')} />
            <TextField label="To (UTC)" name="to" type="date" defaultValue={value('to')} />
          </>
        )}
      </FilterForm>
      <p role="status" className="mb-2 text-sm text-muted">
        {total === 1 ? '1 entry' : `${total.toLocaleString('en')} entries`}
      </p>
      <div aria-busy={navigation.state === 'loading'}>
        {entries.length ? (
          <AuditTable entries={entries} />
        ) : (
          <EmptyState title="No entry fits these filters">
            <p>Take one of them away, or search for another part of the act or the name.</p>
          </EmptyState>
        )}
      </div>
      <Pages page={page} total={total} size={size} />
    </Page>
  )
}
