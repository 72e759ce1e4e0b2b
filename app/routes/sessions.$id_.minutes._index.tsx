import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { SessionBadge } from '~/components/session/session-badge'
import { MarkingBadge } from '~/components/ui/badge'
import { Moment } from '~/components/ui/date'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'
import { minutesPage } from '~/sessions.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Minutes: ${page?.session.title ?? ''} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { session, group, parts } = await minutesPage(context.portal.db, actor, params.id ?? '')
    const { id, title, status, marking, startsAt, zone } = session
    return {
      session: { id, title, status, marking, startsAt, zone },
      group: { id: group.id, name: group.name },
      parts,
    }
  })

export default function Minutes() {
  const { session, group, parts } = useLoaderData<typeof loader>()
  return (
    <Page narrow>
      <PageHeader
        eyebrow={<Link to={`/groups/${group.id}`}>{group.name}</Link>}
        title={`Minutes: ${session.title}`}
        actions={
          <>
            <a className="link" href={`/sessions/${session.id}/minutes/pdf`} download>
              PDF
            </a>
            <a className="link" href={`/sessions/${session.id}/minutes/docx`} download>
              Word
            </a>
          </>
        }
      >
        <SessionBadge status={session.status} />
        <MarkingBadge marking={session.marking} />
        <Moment at={session.startsAt} />
        <Link to={`/sessions/${session.id}`} className="link">
          Session page
        </Link>
      </PageHeader>
      <p className="mb-4 text-sm text-muted">
        As the log of the room tells them; times in {session.zone.replaceAll('_', ' ')}.
      </p>
      {parts.map(({ heading, lines }, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: minutes are read whole, in one order
        <Section key={nth} title={heading}>
          {lines.map(({ kind, text }, at) =>
            kind === 'quote' ? (
              <blockquote
                // biome-ignore lint/suspicious/noArrayIndexKey: the same
                key={at}
                className="my-1 whitespace-pre-wrap border-l-2 border-ink/40 pl-3 font-serif"
              >
                {text}
              </blockquote>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same
              <p key={at} className="my-1 max-w-prose">
                {text}
              </p>
            ),
          )}
        </Section>
      ))}
    </Page>
  )
}
