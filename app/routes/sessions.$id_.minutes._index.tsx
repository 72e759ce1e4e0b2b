import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { LazyWriting } from '~/components/editor/lazy-writing'
import { staysWithHistory } from '~/components/history/history-address'
import { HistorySections } from '~/components/history/history-sections'
import { CorrectMinutes, DraftMinutes } from '~/components/session/minutes-acts'
import { MinutesLog } from '~/components/session/minutes-log'
import { SessionBadge } from '~/components/session/session-badge'
import { Badge, MarkingBadge } from '~/components/ui/badge'
import { LinkButton } from '~/components/ui/button'
import { Moment } from '~/components/ui/date'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { PrintMarking } from '~/components/ui/print-marking'
import { parseForm } from '~/domain/form'
import { BODY_FRAGMENT } from '~/domain/proposal-template'
import { actKey, correctionReason } from '~/domain/session/acts'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { requireActor } from '~/session.server'
import { actInSession, askedVersion, minutesPage } from '~/sessions.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Minutes: ${page?.session.title ?? ''} · FORGE` },
]

export const shouldRevalidate = staysWithHistory

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const page = await minutesPage(context.portal, actor, params.id ?? '', askedVersion(request))
    const { id, title, status, marking, startsAt, zone, chatham } = page.session
    return {
      ...page,
      session: { id, title, status, marking, startsAt, zone, chatham },
      group: { id: page.group.id, name: page.group.name },
      account: actor.userId,
      key: newMoveKey(),
    }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    const parsed = parseForm(minutesForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    const { key, ...act } = parsed.value
    const refused = await attempt(form, async () => {
      await actInSession(portal, actor, id, { key, act }, from)
    })
    if (refused) return refused
    throw redirect(`/sessions/${id}/minutes`)
  })

const minutesForm = z.discriminatedUnion(
  'act',
  [
    z.object({ act: z.literal('draft_minutes'), key: actKey }),
    z.object({ act: z.literal('correct_minutes'), key: actKey, reason: correctionReason }),
  ],
  'This page does not know that act. Load it again.',
)

const SECTIONS = [{ fragment: BODY_FRAGMENT, title: null, hint: 'What was said and decided.' }]

export default function Minutes() {
  const { session, group, shown, versions, mayAttend, mayDraft, mayCorrect, account, key } =
    useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const at = shown.is === 'approved' ? shown.version.number : null
  const file = (format: string) => `/sessions/${session.id}/minutes/${format}${at ? `?version=${at}` : ''}`
  return (
    <Page narrow={shown.is !== 'draft'}>
      <PrintMarking marking={session.marking} title={`Minutes: ${session.title}`} />
      <PageHeader
        eyebrow={<Link to={`/groups/${group.id}`}>{group.name}</Link>}
        title={`Minutes: ${session.title}`}
        actions={
          <>
            {mayDraft ? <DraftMinutes actKey={key} /> : null}
            {mayCorrect && at === versions[0]?.number ? (
              <CorrectMinutes actKey={key} refused={refused ?? null} />
            ) : null}
            <LinkButton to={file('pdf')} reloadDocument download>
              PDF
            </LinkButton>
            <LinkButton to={file('docx')} reloadDocument download>
              Word file
            </LinkButton>
            {shown.is === 'draft' ? (
              <LinkButton to={`/documents/${shown.documentId}/share`}>Who takes part</LinkButton>
            ) : null}
          </>
        }
      >
        {session.chatham ? <Badge tone="ochre">Chatham House Rule</Badge> : null}
        {shown.is === 'approved' ? (
          <Badge tone="green">Approved, version {shown.version.number}</Badge>
        ) : (
          <SessionBadge status={session.status} />
        )}
        <MarkingBadge marking={session.marking} />
        <Moment at={session.startsAt} />
        <Link to={`/sessions/${session.id}`} className="link">
          Session page
        </Link>
      </PageHeader>
      {refused && !mayCorrect ? <FormErrors message={refused.message} fields={refused.fields} /> : null}
      {shown.is === 'approved' ? (
        <>
          <p className="text-sm">
            Approved <Moment at={shown.version.approvedAt} /> by decision{' '}
            <Link to={`/decisions/${shown.version.decision}`} className="link">
              {shown.version.decision}
            </Link>
            . The text is frozen.
          </p>
          <p className="mb-4 text-xs text-muted">
            SHA-256 <code className="break-all">{shown.version.sha256}</code>
          </p>
          {mayAttend && session.status === 'minutes_draft' ? (
            <p className="mb-4 border border-ochre border-l-4 bg-ochre-wash px-3 py-2 text-sm">
              A correction is being written:{' '}
              <Link to={`/sessions/${session.id}/minutes`} className="link">
                open the draft
              </Link>
              .
            </p>
          ) : null}
          <HistorySections sections={shown.sections} show="text" />
          <Versions id={session.id} versions={versions} shown={shown.version.number} />
        </>
      ) : null}
      {shown.is === 'draft' ? (
        <>
          <p className="mb-2 max-w-prose text-sm text-muted">
            Drafted from the log of the room. The chair and the secretaries write; members read and comment; a
            motion of the group’s next session approves them.
            {versions[0] ? (
              <>
                {' '}
                What holds until then is{' '}
                <Link to={`?version=${versions[0].number}`} className="link">
                  version {versions[0].number}
                </Link>
                .
              </>
            ) : null}
          </p>
          <LazyWriting
            channelId={shown.documentId}
            account={account}
            sections={SECTIONS}
            owners={[]}
            facts={null}
            seesHistory={!session.chatham}
            whoWrites="The chair and the secretaries write."
          />
        </>
      ) : null}
      {shown.is === 'log' ? <MinutesLog parts={shown.parts} zone={session.zone} /> : null}
    </Page>
  )
}

function Versions({
  id,
  versions,
  shown,
}: {
  id: string
  versions: readonly { number: number; decision: string; approvedAt: string | Date }[]
  shown: number
}) {
  if (versions.length < 2) return null
  return (
    <Section title="Versions" note={versions.length} className="mt-8">
      <ul className="text-sm leading-7">
        {versions.map(({ number, decision, approvedAt }) => (
          <li key={number}>
            {number === shown ? (
              <strong>Version {number}</strong>
            ) : (
              <Link to={`/sessions/${id}/minutes?version=${number}`} className="link">
                Version {number}
              </Link>
            )}{' '}
            <span className="text-muted">
              approved <Moment at={approvedAt} /> by {decision}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
