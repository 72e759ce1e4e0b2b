import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { Alternates } from '~/components/session/alternates'
import { Announcements } from '~/components/session/announcements'
import { FollowUpList } from '~/components/session/follow-up-list'
import { SessionBadge } from '~/components/session/session-badge'
import { Badge, MarkingBadge } from '~/components/ui/badge'
import { Button, LinkButton } from '~/components/ui/button'
import { MomentIn } from '~/components/ui/date'
import { FormErrors } from '~/components/ui/form-errors'
import { Fact, Facts, Page, PageHeader, Section } from '~/components/ui/page'
import { parseForm } from '~/domain/form'
import { GROUP_ROLE_LABEL } from '~/domain/groups'
import { can } from '~/domain/rights'
import { BASE_LABEL, ITEM_STATE_LABEL, MAJORITY_LABEL } from '~/domain/session/model'
import { attendanceOf, attendanceWords } from '~/domain/session/present'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { requireActor } from '~/session.server'
import {
  actInSession,
  alternatesOf,
  credentialForm,
  hasMinutes,
  openFollowUps,
  readableSessionText,
  readSession,
  sessionFor,
  setAlternate,
} from '~/sessions.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.session.title ?? 'Session'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const found = await sessionFor(db, actor, params.id ?? '')
    const { session, group, scope } = found
    const { state } = await readSession(db, session.channelId)
    const { rules, items, delegations, motions, announcements } = state
    const mayAttend = can(actor, 'attend', scope)
    const [followUps, mayReadMinutes, alternates, notes] = await Promise.all([
      mayAttend ? openFollowUps(db, actor, group.id) : [],
      hasMinutes(db, actor, found),
      can(actor, 'vote', scope) ? alternatesOf(db, actor) : null,
      readableSessionText(db, actor, found, 'notes'),
    ])
    return {
      session: {
        ...{ id: session.id, title: session.title, marking: session.marking, status: session.status },
        ...{
          chatham: session.chatham,
          startsAt: session.startsAt,
          endsAt: session.endsAt,
          zone: session.zone,
        },
      },
      group: { id: group.id, name: group.name },
      ...{ rules, announcements },
      // Titles of documents, and who comes, are told to those who may be in the room.
      items: items.map(({ id, title, minutes, state, documents, followUpId = null }) => ({
        ...{ id, title, minutes, state },
        documents: mayAttend ? documents : [],
        followUpId: mayAttend ? followUpId : null,
      })),
      expected: Object.values(delegations).map((one) => ({
        ...one,
        coming: mayAttend ? (state.attendance[one.id] ?? null) : null,
      })),
      attendance: mayAttend && session.status === 'announced' ? attendanceWords(attendanceOf(state)) : null,
      maySayAttendance: session.status === 'announced' && can(actor, 'propose', scope),
      key: newMoveKey(),
      decisions: motions.flatMap(({ number, title }) => (number ? [{ number, title }] : [])),
      today: new Date().toISOString().slice(0, 10),
      ...{ followUps, mayReadMinutes, alternates, mayAttend, notes },
    }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    if (form.act === 'say_attendance') {
      const said = parseForm(attendanceForm, form)
      if (!said.ok) return refuseForm(form, said.fields)
      const act = { act: 'say_attendance', coming: said.value.coming === 'yes' } as const
      const late = await attempt(form, async () => {
        await actInSession(portal, actor, id, { key: said.value.key, act }, from)
      })
      if (late) return late
      throw redirect(`/sessions/${id}`)
    }
    const parsed = parseForm(credentialForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    const refused = await attempt(form, () => setAlternate(portal, actor, id, parsed.value, from))
    if (refused) return refused
    throw redirect(`/sessions/${id}`)
  })

const attendanceForm = z.object({ key: z.uuid('Load the page again.'), coming: z.enum(['yes', 'no']) })

export default function Session() {
  const {
    session,
    group,
    rules,
    items,
    expected,
    decisions,
    followUps,
    today,
    mayAttend,
    mayReadMinutes,
    notes,
    alternates,
    announcements,
    attendance,
    maySayAttendance,
    key,
  } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const said = refused?.form.act === 'say_attendance' ? refused : null
  return (
    <Page narrow>
      <PageHeader
        eyebrow={<Link to={`/groups/${group.id}`}>{group.name}</Link>}
        title={session.title}
        actions={
          <>
            {notes ? <LinkButton to={`/documents/${notes}`}>Notes</LinkButton> : null}
            {mayReadMinutes ? <LinkButton to={`/sessions/${session.id}/minutes`}>Minutes</LinkButton> : null}
            {mayAttend ? (
              <LinkButton to={`/sessions/${session.id}/room`} variant="primary">
                {session.status === 'draft' ? 'Prepare it in the room' : 'Enter the room'}
              </LinkButton>
            ) : null}
          </>
        }
      >
        <SessionBadge status={session.status} />
        <MarkingBadge marking={session.marking} />
        {session.chatham ? <Badge tone="ochre">Chatham House Rule</Badge> : null}
      </PageHeader>
      <Facts className="mb-6">
        <Fact term="Starts">
          <MomentIn at={session.startsAt} zone={session.zone} />
        </Fact>
        <Fact term="Ends">
          <MomentIn at={session.endsAt} zone={session.zone} />
        </Fact>
        <Fact term="Quorum">{rules.quorum} delegations present</Fact>
        <Fact term="Majority">
          {MAJORITY_LABEL[rules.majority]} {BASE_LABEL[rules.base]}
        </Fact>
      </Facts>
      <Announcements told={announcements} />
      <Section title="Agenda" note={items.length || null}>
        {items.length ? (
          <ol className="divide-y divide-rule border-y border-rule bg-sheet text-sm">
            {items.map((item, nth) => (
              <li key={item.id} className="flex flex-wrap justify-between gap-2 px-3 py-2">
                <span>
                  {nth + 1}. {item.title}
                  {item.minutes ? <span className="text-muted"> ({item.minutes} min)</span> : null}
                  {item.documents.map((one) => (
                    <Link key={one.id} to={`/documents/${one.id}`} className="link block text-xs">
                      {one.title}
                    </Link>
                  ))}
                  {item.followUpId ? (
                    <Link to={`/follow-ups/${item.followUpId}`} className="link block text-xs">
                      The follow-up
                    </Link>
                  ) : null}
                </span>
                <span className="text-muted">{ITEM_STATE_LABEL[item.state]}</span>
              </li>
            ))}
          </ol>
        ) : (
          <p className="text-sm text-muted">Nothing is on it yet.</p>
        )}
      </Section>
      {decisions.length ? (
        <Section title="Decisions" note={decisions.length}>
          <ul className="text-sm leading-7">
            {decisions.map((one) => (
              <li key={one.number}>
                <Link to={`/decisions/${one.number}`} className="link">
                  {one.number}
                </Link>{' '}
                {one.title}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {followUps.length ? (
        <Section title="Open follow-ups of the group" note={followUps.length}>
          <FollowUpList lines={followUps} today={today} />
        </Section>
      ) : null}
      <Section title="Expected" note={expected.length}>
        {said ? <FormErrors message={said.message} fields={said.fields} /> : null}
        {attendance ? <p className="mb-2 text-sm">{attendance}</p> : null}
        {maySayAttendance ? (
          <Form method="post" className="mb-3 flex flex-wrap items-center gap-2 text-sm">
            <input type="hidden" name="act" value="say_attendance" />
            <input type="hidden" name="key" value={key} />
            <span className="font-semibold">Does your delegation come?</span>
            <Button size="sm" name="coming" value="yes">
              We come
            </Button>
            <Button size="sm" name="coming" value="no">
              We do not come
            </Button>
          </Form>
        ) : null}
        <ul className="columns-1 text-sm leading-7 sm:columns-2">
          {expected.map((one) => (
            <li key={one.id}>
              {one.name} <span className="text-muted">{GROUP_ROLE_LABEL[one.seat].toLowerCase()}</span>
              {one.coming !== null ? (
                <span className={one.coming ? 'text-green' : 'text-red'}>
                  {one.coming ? ' · comes' : ' · does not come'}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </Section>
      {alternates ? <Alternates {...alternates} refused={said ? null : (refused ?? null)} /> : null}
    </Page>
  )
}
