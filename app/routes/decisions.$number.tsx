import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { MentionedIn } from '~/components/documents/mentioned-in'
import { OutcomeBadge } from '~/components/review/decision-table'
import { Moment } from '~/components/ui/date'
import { Fact, Facts, Page, PageHeader, Section } from '~/components/ui/page'
import { respond } from '~/faults.server'
import { decisionPage, mentionedIn } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.number ?? 'Decision'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const page = await decisionPage(db, actor, params.number ?? '')
    return { ...page, mentions: await mentionedIn(db, actor, { kind: 'decision', id: page.number }) }
  })

export default function Decision() {
  const page = useLoaderData<typeof loader>()
  return (
    <Page narrow>
      <PageHeader eyebrow={<Link to="/decisions">Decisions</Link>} title={page.number}>
        <OutcomeBadge outcome={page.outcome} />
        <span>{page.title}</span>
      </PageHeader>
      <Section title="Text">
        <blockquote className="whitespace-pre-wrap border-l-2 border-ink/40 bg-sheet px-4 py-3 font-serif text-lg">
          {page.text}
        </blockquote>
      </Section>
      <Facts>
        <Fact term="Group">
          <Link to={`/groups/${page.groupId}`} className="link">
            {page.group}
          </Link>
        </Fact>
        <Fact term="Adopted">
          <Moment at={page.adoptedAt} />
          {page.procedureId ? (
            <>
              {' '}
              by{' '}
              <Link to={`/silence/${page.procedureId}`} className="link">
                silence procedure
              </Link>
            </>
          ) : null}
        </Fact>
        {page.subjectKind === 'proposal' ? (
          <Fact term="Proposal">
            <Link to={`/proposals/${page.subjectId}/case`} className="link">
              {page.title}
            </Link>
            {page.version ? `, version ${page.version}` : ''}
          </Fact>
        ) : null}
        {page.versionSha256 ? (
          <Fact term="SHA-256 of the version">
            <code className="break-all text-xs">{page.versionSha256}</code>
          </Fact>
        ) : null}
        <Fact term="SHA-256 of the text">
          <code className="break-all text-xs">{page.textSha256}</code>
        </Fact>
      </Facts>
      <div className="mt-8">
        <MentionedIn mentions={page.mentions} />
      </div>
    </Page>
  )
}
