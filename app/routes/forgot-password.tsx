import { type ActionFunctionArgs, data, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useNavigation } from '@remix-run/react'
import { callAuth } from '~/auth.server'
import { Centred } from '~/components/layout/centred'
import { Button } from '~/components/ui/button'
import { CheckedForm } from '~/components/ui/checked-form'
import { TextField } from '~/components/ui/field'
import { forgotPasswordForm } from '~/domain/account'
import { type FieldProblems, unavailable } from '~/domain/fault'
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
      const message = 'Too many tries from your network. Wait fifteen minutes, then try again.'
      return data({ ...state, message }, { status: 429 })
    }
    if (!response.ok) throw unavailable('No link can be made at this moment. Try again in a minute.')
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
          If <strong className="break-words">{done.email}</strong> has an account, a link to choose a new
          password is on its way. It holds one hour.
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
      <CheckedForm
        schema={() => import('~/domain/account').then((forms) => forms.forgotPasswordForm)}
        refused={done}
        className="space-y-4"
      >
        {(problems) => (
          <>
            <TextField
              label="Email"
              name="email"
              type="email"
              autoComplete="username"
              defaultValue={done?.email}
              error={problems.email}
            />
            <div className="flex flex-wrap items-center justify-between gap-3">
              <Button variant="primary" busy={busy}>
                Send the link
              </Button>
              <Link to="/sign-in" className="link text-sm">
                Back to signing in
              </Link>
            </div>
          </>
        )}
      </CheckedForm>
    </Centred>
  )
}
