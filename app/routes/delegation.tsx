import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { cancelInvitation, changeRole, invite, peopleOf, removeMember, rolesIn } from '~/auth.server'
import { Invitations } from '~/components/people/invitations'
import { PeopleTable } from '~/components/people/people-table'
import { Button } from '~/components/ui/button'
import { SelectField, TextField } from '~/components/ui/field'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { inviteForm, memberForm, ROLE_LABEL } from '~/domain/account'
import { type FieldProblems, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Delegation · FORGE' }]

/** One's own organization; the administrator may look at another with `?of=`. */
const organizationOf = (request: Request, own: string) => new URL(request.url).searchParams.get('of') ?? own

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const found = await peopleOf(context.portal.db, actor, organizationOf(request, actor.organization.id))
    return { ...found, roles: rolesIn(found.organization.kind), self: actor.userId }
  })

type Refused = { email: string; message: string | null; fields: FieldProblems }

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const { db, channels, mail, config } = portal
    const id = organizationOf(request, actor.organization.id)
    const form = Object.fromEntries(await request.formData())
    const email = String(form.email ?? '')
    const refuse = (message: string | null, fields: FieldProblems = {}, status = 422) =>
      data<Refused>({ email, message, fields }, { status })
    try {
      switch (form.act) {
        case 'invite': {
          const parsed = parseForm(inviteForm, form)
          if (!parsed.ok) return refuse(null, parsed.fields)
          await invite({ db, channels, mail, origin: config.origin }, actor, id, parsed.value, from)
          break
        }
        case 'cancel':
          await cancelInvitation(db, actor, String(form.invitationId), from)
          break
        case 'role': {
          const parsed = parseForm(memberForm, form)
          if (!parsed.ok) return refuse(null, parsed.fields)
          await changeRole({ db, channels }, actor, parsed.value, from)
          break
        }
        case 'remove':
          await removeMember({ db, channels }, actor, String(form.memberId), from)
          break
        default:
          return refuse('This page does not know that act. Load it again.')
      }
    } catch (error) {
      if (isFault(error) && (error.fault === 'conflict' || error.fault === 'invalid')) {
        return refuse(error.message, error.fields, error.fault === 'conflict' ? 409 : 422)
      }
      throw error
    }
    // After a removal of oneself there is nothing more to see here.
    const query = new URL(request.url).search
    throw redirect(`/delegation${query}`)
  })

export default function Delegation() {
  const { organization, people, invitations, manages, roles, self } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
  return (
    <Page>
      <PageHeader
        eyebrow={organization.kind === 'secretariat' ? 'People' : 'Delegation'}
        title={
          <span className="flex items-center gap-3">
            {organization.iso2 ? <Flag iso2={organization.iso2} size={40} /> : null}
            {organization.name}
          </span>
        }
      />
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <Section title="People" note={people.length}>
        <PeopleTable people={people} roles={roles} manages={manages} self={self} />
      </Section>
      {manages ? (
        <>
          <Section title="Invite a colleague">
            <Form
              method="post"
              className="grid max-w-3xl items-start gap-4 sm:grid-cols-[1fr_14rem_auto]"
              noValidate
            >
              <input type="hidden" name="act" value="invite" />
              <TextField
                key={invitations.length}
                label="Email"
                name="email"
                type="email"
                autoComplete="off"
                defaultValue={refused?.email}
                error={refused?.fields.email}
              />
              <SelectField
                label="Role"
                name="role"
                defaultValue={roles[1]}
                options={roles.map((role) => ({
                  value: role,
                  label: `${ROLE_LABEL[role].label}: ${ROLE_LABEL[role].may}`,
                }))}
                error={refused?.fields.role}
              />
              <Button variant="primary" className="sm:mt-6" busy={busy}>
                Send the invitation
              </Button>
            </Form>
          </Section>
          <Section title="Open invitations" note={invitations.length || null}>
            <Invitations invitations={invitations} />
          </Section>
        </>
      ) : null}
    </Page>
  )
}
