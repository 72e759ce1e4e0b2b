import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { MarkingBadge } from '~/components/ui/badge'
import { LinkButton } from '~/components/ui/button'
import { Moment } from '~/components/ui/date'
import { EmptyState } from '~/components/ui/empty'
import { Flag } from '~/components/ui/flag'
import { Page, PageHeader } from '~/components/ui/page'
import { Table, Td, Th } from '~/components/ui/table'
import { readableDocuments } from '~/documents.server'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Documents · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return {
      documents: await readableDocuments(context.portal.db, actor),
      mayImport: can(actor, 'import_document', { kind: 'delegation', id: actor.organization.id }),
    }
  })

export default function Documents() {
  const { documents, mayImport } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        title="Documents"
        actions={
          mayImport ? (
            <LinkButton to="/documents/import" variant="primary">
              Import a document
            </LinkButton>
          ) : null
        }
      >
        <p>Texts that you may read: proposals, and what delegations imported.</p>
      </PageHeader>
      {documents.length ? (
        <Table caption="Documents" stack>
          <thead>
            <tr>
              <Th>Title</Th>
              <Th>Kind</Th>
              <Th>Delegation</Th>
              <Th>Marking</Th>
              <Th>Last written</Th>
            </tr>
          </thead>
          <tbody>
            {documents.map((document) => (
              <tr key={document.id}>
                <Th scope="row" className="min-w-56">
                  <Link
                    to={
                      document.proposalId ? `/proposals/${document.proposalId}` : `/documents/${document.id}`
                    }
                    className="row-link"
                  >
                    {document.title}
                  </Link>
                  {document.importedName ? (
                    <span className="block text-xs text-muted">from {document.importedName}</span>
                  ) : null}
                </Th>
                <Td label="Kind">{document.kind === 'proposal' ? 'Proposal' : 'Imported text'}</Td>
                <Td label="Delegation">
                  {document.ownerIso2 ? (
                    <Flag iso2={document.ownerIso2} size={16} className="mr-1.5" />
                  ) : null}
                  {document.owner}
                </Td>
                <Td label="Marking">
                  <MarkingBadge marking={document.marking} />
                </Td>
                <Td label="Last written">
                  <Moment at={document.writtenAt ?? document.createdAt} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : (
        <EmptyState title="No document yet">
          <p>
            {mayImport
              ? 'Import an agreement or a draft (.docx or .md) to work on it together, or start a proposal from a project.'
              : 'Texts that a delegation opens to you appear here.'}
          </p>
        </EmptyState>
      )}
    </Page>
  )
}
