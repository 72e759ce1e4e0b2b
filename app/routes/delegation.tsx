import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import {
  cancelInvitation,
  changeRole,
  invite,
  organizationsFor,
  peopleOf,
  removeMember,
  rolesIn,
} from '~/auth.server'
import { Invitations } from '~/components/people/invitations'
import { InviteForm } from '~/components/people/invite-form'
import { OrganizationTable } from '~/components/people/organization-table'
import { PeopleTable } from '~/components/people/people-table'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Notice } from '~/components/ui/notice'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { idIn, inviteForm, memberForm } from '~/domain/account'
import { type FieldProblems, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.organization.name ?? 'Delegation'}: people · FORGE` },
]

/** One's own organization; administrators may look at another with `?of=`. */
function organizationOf(request: Request, own: string) {
  const other = new URL(request.url).searchParams.get('of')
  return other === null ? own : idIn(other)
}

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const { db } = context.portal
    const actor = await requireActor(request, context)
    const { organization: own } = actor
    const found = await peopleOf(db, actor, organizationOf(request, own.id))
    const isOwn = found.organization.id === own.id
    const every = isOwn && can(actor, 'see_every', { kind: 'delegation', id: own.id })
    return {
      ...found,
      isOwn,
      roles: rolesIn(found.organization.kind),
      self: actor.userId,
      others: every ? (await organizationsFor(db, actor)).filter(({ id }) => id !== own.id) : null,
    }
  })

type Reply = {
  act: string
  done: string | null
  message: string | null
  fields: FieldProblems
  typed: { email: string; role: string }
}

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const { db, auth, channels, mail, config } = portal
    const id = organizationOf(request, actor.organization.id)
    const form = Object.fromEntries(await request.formData())
    const act = String(form.act ?? '')
    const typed = { email: String(form.email ?? ''), role: String(form.role ?? '') }
    const reply = (part: Partial<Reply>, status = 422) =>
      data<Reply>({ act, typed, done: null, message: null, fields: {}, ...part }, { status })
    const done = (words: string) => reply({ done: words, typed: { email: '', role: '' } }, 200)
    try {
      switch (act) {
        case 'invite': {
          const parsed = parseForm(inviteForm, form)
          if (!parsed.ok) return reply({ fields: parsed.fields })
          const parts = { db, auth, mail, origin: config.origin }
          const { mailed } = await invite(parts, actor, id, parsed.value, from)
          if (mailed) return done(`The invitation is on its way to ${parsed.value.email}.`)
          const message = 'The invitation stands, but its mail could not be sent. Send it again in a while.'
          return reply({ message, typed: { email: '', role: '' } }, 503)
        }
        case 'cancel':
          await cancelInvitation(db, actor, idIn(form.invitationId), from)
          return done('The invitation is cancelled.')
        case 'role': {
          const parsed = parseForm(memberForm, form)
          if (!parsed.ok) return reply({ fields: parsed.fields })
          await changeRole({ db, channels }, actor, parsed.value, from)
          return done('The role is changed.')
        }
        case 'remove':
          await removeMember({ db, channels }, actor, idIn(form.memberId), from)
          // The actor may have removed themselves: then this page is not theirs any more.
          throw redirect(`/delegation${new URL(request.url).search}`)
        default:
          return reply({ message: 'This page does not know that act. Load it again.' })
      }
    } catch (error) {
      if (isFault(error) && (error.fault === 'conflict' || error.fault === 'invalid')) {
        const status = error.fault === 'conflict' ? 409 : 422
        return reply({ message: error.message, fields: error.fields }, status)
      }
      throw error
    }
  })

const INVITE_TO = {
  delegation: 'Invite to the delegation',
  institution: 'Invite to the institution',
  secretariat: 'Invite to the secretariat',
}

export default function Delegation() {
  const { organization, people, invitations, manages, roles, self, others, isOwn } =
    useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const inviting = reply?.act === 'invite'
  return (
    <Page>
      <PageHeader
        eyebrow={
          isOwn ? (
            organization.kind !== 'delegation' ? (
              'People'
            ) : (
              'Delegation'
            )
          ) : (
            <Link to="/delegation" className="link">
              Delegations
            </Link>
          )
        }
        title={
          <span className="flex items-center gap-3">
            {organization.iso2 ? <Flag iso2={organization.iso2} size={40} /> : null}
            {organization.name}
          </span>
        }
      />
      {reply?.done ? <Notice key={reply.done}>{reply.done}</Notice> : null}
      {reply && !inviting ? <FormErrors message={reply.message} fields={reply.fields} /> : null}
      <Section title="People" note={people.length}>
        <PeopleTable
          people={people}
          roles={roles}
          manages={manages}
          self={self}
          organization={organization.name}
        />
      </Section>
      {manages ? (
        <>
          <Section title={INVITE_TO[organization.kind]}>
            <InviteForm
              key={invitations.map(({ id }) => id).join()}
              roles={roles}
              refused={inviting ? reply : undefined}
              first={people.length === 0}
            />
          </Section>
          <Section title="Open invitations" note={invitations.length || null}>
            <Invitations invitations={invitations} />
          </Section>
        </>
      ) : null}
      {others ? (
        <Section title="Delegations" note={others.length}>
          <OrganizationTable organizations={others} />
        </Section>
      ) : null}
    </Page>
  )
}
