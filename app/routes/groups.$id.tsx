import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { Fragment } from 'react'
import { DecisionTable } from '~/components/review/decision-table'
import { FollowUpList } from '~/components/session/follow-up-list'
import { GroupDocuments } from '~/components/session/group-documents'
import { RuleHistory, RulesList } from '~/components/session/group-rules'
import { SessionList } from '~/components/session/session-list'
import { Button, LinkButton } from '~/components/ui/button'
import { Day } from '~/components/ui/date'
import { EmptyState } from '~/components/ui/empty'
import { SelectField } from '~/components/ui/field'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Source } from '~/components/ui/source'
import { Table, Td, Th } from '~/components/ui/table'
import { parseForm } from '~/domain/form'
import { GROUP_ROLE_LABEL, GROUP_ROLES, type GroupRole } from '~/domain/groups'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { allDelegations } from '~/projects.server'
import { groupPage, seatForm, setSeat } from '~/reviews.server'
import { requireActor } from '~/session.server'
import { documentsOfGroup, groupRulesOf, openFollowUps, ruleChanges, sessionsOf } from '~/sessions.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.group.name ?? 'Working group'} · FORGE` },
]

/** Of its rules; the page of the rules shows every one. */
const RECENT_CHANGES = 3

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const page = await groupPage(db, actor, params.id ?? '')
    const { id } = page.group
    const [sessions, followUps, rules, ruleHistory, documents, delegations] = await Promise.all([
      sessionsOf(db, actor, id),
      openFollowUps(db, actor, id),
      groupRulesOf(db, id),
      ruleChanges(db, id, RECENT_CHANGES),
      documentsOfGroup(db, actor, id),
      page.maySeat ? allDelegations(db) : [],
    ])
    const today = new Date().toISOString().slice(0, 10)
    return { ...page, sessions, followUps, rules, ruleHistory, documents, today, delegations }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    const parsed = parseForm(seatForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    const refused = await attempt(form, () => setSeat(portal.db, actor, id, parsed.value, from))
    if (refused) return refused
    throw redirect(`/groups/${id}`)
  })

export default function Group() {
  const page = useLoaderData<typeof loader>()
  const { group, members, former, before, decided, maySeat, delegations, sessions, followUps, today } = page
  const refused = useActionData<typeof action>()
  return (
    <Page narrow>
      <PageHeader
        eyebrow={<Link to="/groups">Working groups</Link>}
        title={group.name}
        actions={<LinkButton to={`/records/group/${group.id}`}>Record</LinkButton>}
      >
        <span>{group.code}</span>
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <Section title="Mandate">
        <p className="max-w-prose">{group.mandate}</p>
        <p className="mt-2 text-sm">
          <span className="text-muted">Minerals:</span>{' '}
          {page.covers.length
            ? page.covers.map(({ id, name }, nth) => (
                <Fragment key={id}>
                  {nth > 0 ? ', ' : null}
                  <Link to={`/minerals/${id}`} className="link">
                    {name}
                  </Link>
                </Fragment>
              ))
            : 'all'}
        </p>
        {group.source ? (
          <p className="mt-1 text-xs">
            <Source text={group.source} />
          </p>
        ) : null}
      </Section>
      <Section
        title="Sessions"
        note={sessions.length || null}
        actions={
          <>
            {sessions.length ? (
              <a className="link text-sm" href={`/groups/${group.id}/calendar`} download>
                Calendar (.ics)
              </a>
            ) : null}
            {page.mayConvene ? (
              <LinkButton to={`/groups/${group.id}/sessions/new`} size="sm">
                Prepare a session
              </LinkButton>
            ) : null}
          </>
        }
      >
        {sessions.length ? (
          <SessionList sessions={sessions} />
        ) : (
          <p className="text-sm text-muted">None that you may know of.</p>
        )}
      </Section>
      <Section title="Before the group" note={before.length || null}>
        {before.length ? (
          <ul className="divide-y divide-rule border-y border-rule bg-sheet">
            {before.map((one) => (
              <li key={one.id} className="px-3 py-2 text-sm">
                {one.iso2 ? <Flag iso2={one.iso2} className="mr-2" /> : null}
                <Link to={`/proposals/${one.id}/case`} className="row-link">
                  {one.title}
                </Link>{' '}
                <span className="text-muted">{one.lead}</span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm text-muted">No proposal that you may know of is before it.</p>
        )}
      </Section>
      <Section title="Decisions" note={decided.length || null}>
        {decided.length ? (
          <DecisionTable decisions={decided} />
        ) : (
          <p className="text-sm text-muted">None yet.</p>
        )}
      </Section>
      {page.documents.length ? (
        <Section title="Documents" note={page.documents.length}>
          <GroupDocuments documents={page.documents} />
        </Section>
      ) : null}
      {followUps.length ? (
        <Section title="Follow-ups to be done" note={followUps.length}>
          <FollowUpList lines={followUps} today={today} />
        </Section>
      ) : null}
      <Section title="Delegations" note={members.length || null}>
        {members.length ? (
          <Seats seats={members} caption="Delegations" />
        ) : (
          <EmptyState title="No delegation sits in it yet" />
        )}
      </Section>
      {maySeat ? (
        <Section title="Change a seat" level={3} note="from today on; what was stays on record">
          <Form
            method="post"
            key={`${members.length} ${former.length}`}
            className="grid max-w-prose items-end gap-3 sm:grid-cols-[2fr_1fr_auto]"
          >
            <SelectField
              label="Delegation"
              name="delegationId"
              defaultValue={refused?.form.delegationId ?? ''}
              error={refused?.fields.delegationId}
              options={[
                { value: '', label: 'Choose' },
                ...delegations.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <SelectField
              label="Role"
              name="role"
              defaultValue={refused?.form.role ?? 'member'}
              error={refused?.fields.role}
              options={[
                ...GROUP_ROLES.map((value) => ({ value, label: GROUP_ROLE_LABEL[value] })),
                { value: '', label: 'No seat any more' },
              ]}
            />
            <Button>Change</Button>
          </Form>
        </Section>
      ) : null}
      <Section
        title="Rules of procedure"
        actions={
          <LinkButton to={`/groups/${group.id}/rules`} size="sm">
            {page.mayRule ? 'Change them' : 'Every change'}
          </LinkButton>
        }
      >
        <RulesList rules={page.rules} />
        {page.ruleHistory.length ? (
          <div className="mt-3">
            <RuleHistory lines={page.ruleHistory} />
          </div>
        ) : null}
      </Section>
      {former.length ? (
        <Section title="Former seats">
          <Seats seats={former} caption="Former seats" />
        </Section>
      ) : null}
    </Page>
  )
}

function Seats({
  seats,
  caption,
}: {
  seats: readonly {
    id: string
    name: string
    iso2: string | null
    role: GroupRole
    from: string
    to: string | null
  }[]
  caption: string
}) {
  return (
    <Table caption={caption} stack>
      <thead>
        <tr>
          <Th>Delegation</Th>
          <Th>Role</Th>
          <Th>From</Th>
          <Th>To</Th>
        </tr>
      </thead>
      <tbody>
        {seats.map((seat) => (
          <tr key={seat.id}>
            <Th scope="row">
              {seat.iso2 ? <Flag iso2={seat.iso2} className="mr-2" /> : null}
              {seat.name}
            </Th>
            <Td label="Role">{GROUP_ROLE_LABEL[seat.role]}</Td>
            <Td label="From">
              <Day date={seat.from} />
            </Td>
            <Td label="To">
              <Day date={seat.to} none="open" />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
