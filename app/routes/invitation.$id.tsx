import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { acceptInvitation, invitationById } from '~/auth.server'
import { Centred } from '~/components/layout/centred'
import { Button } from '~/components/ui/button'
import { Moment } from '~/components/ui/date'
import { TextField } from '~/components/ui/field'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { acceptInvitationForm, MIN_PASSWORD, ORGANIZATION_ROLES, ROLE_LABEL } from '~/domain/account'
import { notFound } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { respond } from '~/faults.server'

export const meta: MetaFunction = () => [{ title: 'Invitation · FORGE' }]
export const headers = () => ({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' })

export const loader = ({ params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const found = await invitationById(context.portal.db, params.id ?? '')
    if (!found) throw notFound()
    return { ...found, open: found.status === 'pending' && found.expiresAt > new Date() }
  })

export const action = ({ params, request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const { db, auth } = context.portal
    const form = await request.formData()
    const name = String(form.get('name') ?? '')
    const parsed = parseForm(acceptInvitationForm, { name, password: form.get('password') })
    if (!parsed.ok) return data({ name, fields: parsed.fields }, { status: 422 })
    const { hash } = (await auth.$context).password
    await acceptInvitation(db, hash, params.id ?? '', parsed.value, context.from)
    throw redirect('/sign-in?notice=joined')
  })

export default function Invitation() {
  const invitation = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state !== 'idle'
  if (!invitation.open) {
    return (
      <Centred title="Invitation">
        <p className="text-sm">
          This invitation was used, cancelled or has expired. Ask {invitation.inviter} for a new one.
        </p>
      </Centred>
    )
  }
  const role = ORGANIZATION_ROLES.find((one) => one === invitation.role)
  return (
    <Centred
      title="Invitation"
      lead={
        <>
          <p>
            {invitation.inviter} invites <strong className="text-ink">{invitation.email}</strong> to{' '}
            {invitation.iso2 ? <Flag iso2={invitation.iso2} /> : null}{' '}
            <strong className="text-ink">{invitation.organization}</strong>
            {role ? ` as ${ROLE_LABEL[role].label.toLowerCase()}: ${ROLE_LABEL[role].may}.` : '.'}
          </p>
          <p className="mt-1">
            It holds until <Moment at={invitation.expiresAt} />.
          </p>
        </>
      }
    >
      <Form method="post" className="space-y-4" noValidate>
        <FormErrors fields={refused?.fields} />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          hint="As it stands under what you write."
          defaultValue={refused?.name}
          error={refused?.fields.name}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint={`At least ${MIN_PASSWORD} characters.`}
          error={refused?.fields.password}
        />
        <Button variant="primary" busy={busy}>
          Accept and make the account
        </Button>
      </Form>
    </Centred>
  )
}
