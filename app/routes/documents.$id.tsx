import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData, useLocation } from '@remix-run/react'
import { DocumentHeader } from '~/components/documents/document-header'
import { RestrictedParts } from '~/components/documents/restricted-parts'
import { LazyWriting } from '~/components/editor/lazy-writing'
import { staysWithHistory } from '~/components/history/history-address'
import { MarkingBadge } from '~/components/ui/badge'
import { Page } from '~/components/ui/page'
import { PrintMarking } from '~/components/ui/print-marking'
import { documentFor, partLines, pathOf } from '~/documents.server'
import { BODY_FRAGMENT } from '~/domain/proposal-template'
import { can, seesHistory } from '~/domain/rights'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.title ?? 'Document'} · FORGE` },
]

export const shouldRevalidate = staysWithHistory

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const document = await documentFor(db, actor, params.id ?? '', 'read')
    if (document.proposal || document.kind === 'minutes') throw redirect(pathOf(document))
    return {
      ...(await partLines(db, actor, document)),
      id: document.id,
      channelId: document.channelId,
      title: document.title,
      marking: document.scope.marking,
      owner: document.owner,
      grants: document.grants,
      mayInvite: can(actor, 'invite', document.scope),
      account: actor.userId,
      session: document.session && { id: document.session.id, title: document.session.title },
      seesHistory: seesHistory(actor, document.scope),
      whole: document.part && { title: document.part.whole.title, path: pathOf(document.part.whole) },
    }
  })

const SECTIONS = [{ fragment: BODY_FRAGMENT, title: null, hint: 'Write here.' }]

export default function TextOfItsOwn() {
  const page = useLoaderData<typeof loader>()
  const { state } = useLocation()
  const warnings = warningsIn(state)
  return (
    <Page>
      <PrintMarking marking={page.marking} title={page.title} />
      <DocumentHeader
        eyebrow={
          page.whole ? (
            <>
              Restricted part of <Link to={page.whole.path}>{page.whole.title}</Link>
            </>
          ) : page.session ? (
            <Link to={`/sessions/${page.session.id}`}>{page.session.title}</Link>
          ) : (
            <Link to="/documents">Documents</Link>
          )
        }
        title={page.title}
        documentId={page.id}
        badges={<MarkingBadge marking={page.marking} />}
        owner={page.session ? null : page.owner}
        grants={page.grants}
        mayInvite={page.mayInvite}
        seesHistory={page.seesHistory}
      />
      {warnings.length ? (
        <div className="mb-4 border border-ochre border-l-4 bg-ochre-wash px-3 py-2 text-sm">
          <p className="font-semibold">Imported; not everything could be taken over:</p>
          <ul className="mt-1 list-disc pl-5">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <RestrictedParts parts={page.parts} ask={page.ask} />
      <LazyWriting
        channelId={page.channelId}
        account={page.account}
        seesHistory={page.seesHistory}
        sections={SECTIONS}
        owners={[]}
        facts={null}
        whoWrites={page.session ? 'Members of the group write, until the minutes are approved.' : undefined}
      />
    </Page>
  )
}

/** The import hands its warnings on with the navigation: they are told once. */
function warningsIn(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('warnings' in state) || !Array.isArray(state.warnings))
    return []
  return state.warnings.filter((warning): warning is string => typeof warning === 'string')
}
