import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { callAuth } from '~/auth.server'
import { Centred } from '~/components/layout/centred'
import { Button } from '~/components/ui/button'
import { TextField } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { MIN_PASSWORD, resetPasswordForm } from '~/domain/account'
import type { FieldProblems } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { respond } from '~/faults.server'

export const meta: MetaFunction = () => [{ title: 'New password · FORGE' }]

// The address holds the link's secret: no other page may learn of it.
export const headers = () => ({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' })

export const loader = ({ request }: LoaderFunctionArgs) => ({
  token: new URL(request.url).searchParams.get('token') ?? '',
})

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const { auth, config } = context.portal
    const form = await request.formData()
    const parsed = parseForm(resetPasswordForm, { token: form.get('token'), password: form.get('password') })
    if (!parsed.ok) return data({ message: null, fields: parsed.fields }, { status: 422 })
    const { token, password } = parsed.value
    const response = await callAuth(auth, config.origin, request, '/reset-password', {
      token,
      newPassword: password,
    })
    if (response.ok) throw redirect('/sign-in?notice=password')
    const fields: FieldProblems = {}
    const message =
      response.status === 429
        ? 'Too many tries. Wait five minutes, then try again.'
        : 'This link was used or has expired. Ask for a new one.'
    return data({ message, fields }, { status: response.status === 429 ? 429 : 422 })
  })

export default function ResetPassword() {
  const { token } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state !== 'idle'
  return (
    <Centred title="New password">
      {token ? (
        <Form method="post" className="space-y-4" noValidate>
          <FormErrors message={refused?.message} fields={refused?.fields} />
          <input type="hidden" name="token" value={token} />
          <TextField
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            hint={`At least ${MIN_PASSWORD} characters. Everywhere else you are signed out.`}
            error={refused?.fields.password}
          />
          <Button variant="primary" busy={busy}>
            Set the password
          </Button>
        </Form>
      ) : (
        <p className="text-sm">
          The link is not whole.{' '}
          <Link to="/forgot-password" className="link">
            Ask for a new one
          </Link>
          .
        </p>
      )}
    </Centred>
  )
}
