import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { acceptInvitation, invitationById, invitationLinks, signIn } from '~/auth.server'
import { Centred } from '~/components/layout/centred'
import { SignOutButton } from '~/components/layout/sign-out-button'
import { Button } from '~/components/ui/button'
import { CheckedForm } from '~/components/ui/checked-form'
import { Moment } from '~/components/ui/date'
import { TextField } from '~/components/ui/field'
import { Flag } from '~/components/ui/flag'
import { acceptInvitationForm } from '~/domain/account'
import { type FieldProblems, isFault, notFound } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { MIN_PASSWORD } from '~/domain/password-length'
import { roleWords } from '~/domain/role-words'
import { respond } from '~/faults.server'
import { actorOrNull } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Invitation · FORGE' }]

// The address holds the link's secret: no other page may learn of it.
export const headers = () => ({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' })

/** The invitation's id, once the link's key is seen to fit. Without it there is no such page. */
async function idOf({ params, request, context }: LoaderFunctionArgs | ActionFunctionArgs): Promise<string> {
  const { auth, config } = context.portal
  const id = params.id ?? ''
  const links = await invitationLinks(auth, config.origin)
  if (!links.opens(id, new URL(request.url).searchParams.get('key') ?? '')) throw notFound()
  return id
}

export const loader = (args: LoaderFunctionArgs) =>
  respond(async () => {
    const found = await invitationById(args.context.portal.db, await idOf(args))
    if (!found) throw notFound()
    const actor = await actorOrNull(args.request, args.context)
    return { invitation: found, reader: actor && { userId: actor.userId, email: actor.email } }
  })

export const action = (args: ActionFunctionArgs) =>
  respond(async () => {
    const { request, context } = args
    const { db, auth, config } = context.portal
    const id = await idOf(args)
    const form = await request.formData()
    const name = String(form.get('name') ?? '')
    const parsed = parseForm(acceptInvitationForm, { name, password: form.get('password') })
    if (!parsed.ok) return data({ name, message: null, fields: parsed.fields }, { status: 422 })
    const { hash } = (await auth.$context).password
    try {
      const { email } = await acceptInvitation({ db, hash }, id, parsed.value, context.from)
      const { password } = parsed.value
      const signedIn = await signIn(auth, config.origin, request, { email, password })
      throw signedIn.ok
        ? redirect('/desk', { headers: signedIn.headers })
        : redirect('/sign-in?notice=joined')
    } catch (error) {
      if (!isFault(error) || error.fault !== 'conflict') throw error
      const none: FieldProblems = {}
      return data({ name, message: error.message, fields: none }, { status: 409 })
    }
  })

type Shown = Awaited<ReturnType<typeof loader>>['invitation']

export default function Invitation() {
  const { invitation, reader } = useLoaderData<typeof loader>()
  if (invitation.state !== 'open') return <Over invitation={invitation} />
  return (
    <Centred title="Invitation" lead={<Lead invitation={invitation} />}>
      {reader ? (
        <div className="space-y-3 text-sm">
          <p>
            You are signed in as <strong className="break-words">{reader.email}</strong>. Sign out, then open
            the link of the mail again.
          </p>
          <SignOutButton accountId={reader.userId} />
        </div>
      ) : (
        <Accept />
      )}
    </Centred>
  )
}

function Lead({
  invitation: { inviter, email, iso2, organization, role, expiresAt },
}: {
  invitation: Shown
}) {
  const words = roleWords(role)
  return (
    <>
      <p>
        {inviter} invites <strong className="break-words text-ink">{email}</strong> to{' '}
        {iso2 ? <Flag iso2={iso2} /> : null} <strong className="text-ink">{organization}</strong>
        {words ? ` as ${words.label.toLowerCase()}: ${words.may}.` : '.'}
      </p>
      <p className="mt-1">
        It holds until <Moment at={expiresAt} />.
      </p>
    </>
  )
}

function Over({ invitation: { state, inviter, organization } }: { invitation: Shown }) {
  return (
    <Centred title="Invitation">
      <div className="space-y-3 text-sm">
        {state === 'accepted' ? (
          <>
            <p>This invitation to {organization} was accepted already; its link works once.</p>
            <p>
              If it was you,{' '}
              <Link to="/sign-in" className="link">
                sign in
              </Link>
              . If not, tell {inviter} at once.
            </p>
          </>
        ) : (
          <p>
            {state === 'expired'
              ? `This invitation to ${organization} has expired.`
              : `This invitation to ${organization} was cancelled, or a newer one took its place.`}{' '}
            Ask {inviter} for a new one.
          </p>
        )}
      </div>
    </Centred>
  )
}

function Accept() {
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state !== 'idle'
  return (
    <CheckedForm
      schema={() => import('~/domain/account').then((forms) => forms.acceptInvitationForm)}
      refused={refused}
      className="space-y-4"
    >
      {(problems) => (
        <>
          <TextField
            label="Your name"
            name="name"
            autoComplete="name"
            hint="As it stands under what you write."
            defaultValue={refused?.name}
            error={problems.name}
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="new-password"
            hint={`At least ${MIN_PASSWORD} characters.`}
            error={problems.password}
          />
          <Button variant="primary" busy={busy}>
            Accept and make the account
          </Button>
        </>
      )}
    </CheckedForm>
  )
}
