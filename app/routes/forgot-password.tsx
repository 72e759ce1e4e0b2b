import { type ActionFunctionArgs, data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useNavigation } from '@remix-run/react'
import { callAuth } from '~/auth.server'
import { Centred } from '~/components/layout/centred'
import { Button } from '~/components/ui/button'
import { TextField } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { forgotPasswordForm } from '~/domain/account'
import type { FieldProblems } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { respond } from '~/faults.server'

export const meta: MetaFunction = () => [{ title: 'Forgot password · FORGE' }]

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const { auth, config } = context.portal
    const typed = String((await request.formData()).get('email') ?? '')
    const parsed = parseForm(forgotPasswordForm, { email: typed })
    const none: FieldProblems = {}
    const state = { email: typed, sent: false, message: '', fields: none }
    if (!parsed.ok) return data({ ...state, fields: parsed.fields }, { status: 422 })
    const response = await callAuth(auth, config.origin, request, '/request-password-reset', parsed.value)
    if (response.status === 429) {
      return data(
        { ...state, message: 'Too many tries. Wait five minutes, then try again.' },
        { status: 429 },
      )
    }
    // The same answer whether there is such an account or not.
    return { ...state, sent: true }
  })

export default function ForgotPassword() {
  const done = useActionData<typeof action>()
  const busy = useNavigation().state !== 'idle'
  if (done?.sent) {
    return (
      <Centred title="Look into your mail">
        <p role="status" className="text-sm">
          If <strong>{done.email}</strong> has an account, a link to choose a new password is on its way. It
          holds one hour.
        </p>
        <p className="mt-4 text-sm">
          <Link to="/sign-in" className="link">
            Back to signing in
          </Link>
        </p>
      </Centred>
    )
  }
  return (
    <Centred title="Forgot password" lead="We send you a link to choose a new one.">
      <Form method="post" className="space-y-4" noValidate>
        <FormErrors message={done?.message || null} fields={done?.fields} />
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={done?.email}
          error={done?.fields.email}
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button variant="primary" busy={busy}>
            Send the link
          </Button>
          <Link to="/sign-in" className="link text-sm">
            Back to signing in
          </Link>
        </div>
      </Form>
    </Centred>
  )
}
