import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { callAuth } from '~/auth.server'
import { Centred } from '~/components/layout/centred'
import { Button } from '~/components/ui/button'
import { CheckedForm } from '~/components/ui/checked-form'
import { TextField } from '~/components/ui/field'
import { resetPasswordForm } from '~/domain/account'
import { type FieldProblems, unavailable } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { MIN_PASSWORD } from '~/domain/password-length'
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
    if (!parsed.ok) return data({ message: null, fields: parsed.fields, over: false }, { status: 422 })
    const { token, password } = parsed.value
    const body = { token, newPassword: password }
    const response = await callAuth(auth, config.origin, request, '/reset-password', body)
    if (response.ok) throw redirect('/sign-in?notice=password')
    if (response.status >= 500) throw unavailable('The password cannot be set at this moment.')
    const fields: FieldProblems = {}
    if (response.status === 429) {
      const message = 'Too many tries from your network. Wait fifteen minutes, then try again.'
      return data({ message, fields, over: false }, { status: 429 })
    }
    const message = 'This link was used or has expired. Ask for a new one.'
    return data({ message, fields, over: true }, { status: 422 })
  })

const Again = () => (
  <Link to="/forgot-password" className="link">
    Ask for a new link
  </Link>
)

export default function ResetPassword() {
  const { token } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state !== 'idle'
  if (!token) {
    return (
      <Centred title="New password">
        <p className="text-sm">
          This link is not whole. Copy all of it from the mail, or: <Again />.
        </p>
      </Centred>
    )
  }
  return (
    <Centred title="New password">
      <CheckedForm
        schema={() => import('~/domain/account').then((forms) => forms.resetPasswordForm)}
        refused={refused}
        className="space-y-4"
      >
        {(problems) => (
          <>
            <input type="hidden" name="token" value={token} />
            <TextField
              label="New password"
              name="password"
              type="password"
              autoComplete="new-password"
              hint={`At least ${MIN_PASSWORD} characters. You are signed out everywhere.`}
              error={problems.password}
            />
            <div className="flex flex-wrap items-center justify-between gap-3">
              <Button variant="primary" busy={busy}>
                Set the password
              </Button>
              <span className="text-sm">{refused?.over ? <Again /> : null}</span>
            </div>
          </>
        )}
      </CheckedForm>
    </Centred>
  )
}
