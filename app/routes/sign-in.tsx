import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { signIn } from '~/auth.server'
import { Centred } from '~/components/layout/centred'
import { Button } from '~/components/ui/button'
import { CheckedForm } from '~/components/ui/checked-form'
import { TextField } from '~/components/ui/field'
import { Notice } from '~/components/ui/notice'
import { signInForm } from '~/domain/account'
import type { FieldProblems } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { ownPath } from '~/domain/own-path'
import { respond } from '~/faults.server'
import { actorOrNull } from '~/session.server'

const NONE: FieldProblems = {}

export const meta: MetaFunction = () => [{ title: 'Sign in · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const query = new URL(request.url).searchParams
    const to = ownPath(query.get('to'))
    if (await actorOrNull(request, context)) throw redirect(to)
    return { to, notice: query.get('notice') }
  })

const minutes = (seconds: number) => (seconds <= 60 ? 'one minute' : `${Math.ceil(seconds / 60)} minutes`)

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const { auth, config } = context.portal
    const form = await request.formData()
    const typed = String(form.get('email') ?? '')
    const parsed = parseForm(signInForm, { email: typed, password: form.get('password') })
    if (!parsed.ok) return data({ email: typed, message: null, fields: parsed.fields }, { status: 422 })
    const result = await signIn(auth, config.origin, request, parsed.value)
    if (result.ok) throw redirect(ownPath(form.get('to')), { headers: result.headers })
    const message = {
      wrong: 'The address and the password do not belong together, or there is no such account.',
      no_membership:
        'Your account belongs to no delegation at present, so there is nothing to open. Ask the head of your delegation for an invitation.',
      too_many: `Too many tries. Wait ${minutes(result.retryAfter)}, then try again.`,
      unavailable: 'Signing in is not possible at this moment. Try again in a minute.',
    }[result.why]
    const status = { wrong: 401, no_membership: 403, too_many: 429, unavailable: 503 }[result.why]
    return data({ email: typed, message, fields: NONE }, { status })
  })

const NOTICES: Record<string, string> = {
  'signed-out': 'You are signed out.',
  password: 'Your new password is set. Sign in with it.',
  joined: 'Your account is made. Sign in with your new password.',
}

export default function SignIn() {
  const { to, notice } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state !== 'idle'
  return (
    <Centred title="Sign in">
      {notice && NOTICES[notice] && !refused ? <Notice>{NOTICES[notice]}</Notice> : null}
      <CheckedForm
        schema={() => import('~/domain/account').then((forms) => forms.signInForm)}
        refused={refused}
        className="space-y-4"
      >
        {(problems) => (
          <>
            <input type="hidden" name="to" value={to} />
            <TextField
              label="Email"
              name="email"
              type="email"
              autoComplete="username"
              defaultValue={refused?.email}
              error={problems.email}
            />
            <TextField
              label="Password"
              name="password"
              type="password"
              autoComplete="current-password"
              error={problems.password}
            />
            <div className="flex flex-wrap items-center justify-between gap-3">
              <Button variant="primary" busy={busy}>
                Sign in
              </Button>
              <Link to="/forgot-password" className="link text-sm">
                Forgot your password?
              </Link>
            </div>
          </>
        )}
      </CheckedForm>
    </Centred>
  )
}
