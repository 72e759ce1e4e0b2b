import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changePassword, ownSessions, rename, signOutSession } from '~/auth.server'
import { NameForm } from '~/components/people/name-form'
import { PasswordForm } from '~/components/people/password-form'
import { Sessions } from '~/components/people/sessions'
import { FormErrors } from '~/components/ui/form-errors'
import { Notice } from '~/components/ui/notice'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { accountForm, changePasswordForm, idIn } from '~/domain/account'
import { browserWords } from '~/domain/browser-words'
import { type FieldProblems, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { ROLE_LABEL } from '~/domain/role-words'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Account · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const sessions = await ownSessions(context.portal.db, actor)
    return {
      name: actor.name,
      email: actor.email,
      organization: actor.organization.name,
      role: ROLE_LABEL[actor.organization.role].label,
      sessions: sessions.map(({ id, userAgent, from, since }) => ({
        id,
        browser: browserWords(userAgent),
        from,
        since,
        here: id === actor.sessionId,
      })),
    }
  })

type Act = 'rename' | 'password' | 'end' | null
type Reply = { of: Act; done: string | null; name: string; message: string | null; fields: FieldProblems }

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const form = Object.fromEntries(await request.formData())
    const name = String(form.name ?? '')
    const refuse = (of: Act, message: string | null, fields: FieldProblems = {}) =>
      data<Reply>({ of, done: null, name, message, fields }, { status: 422 })
    const done = (of: Act, words: string) => data<Reply>({ of, done: words, name, message: null, fields: {} })
    switch (form.act) {
      case 'rename': {
        const parsed = parseForm(accountForm, form)
        if (!parsed.ok) return refuse('rename', null, parsed.fields)
        await rename(portal.db, actor, parsed.value.name, from)
        return done('rename', 'Your name is changed.')
      }
      case 'password': {
        const parsed = parseForm(changePasswordForm, form)
        if (!parsed.ok) return refuse('password', null, parsed.fields)
        try {
          await changePassword(portal, actor, parsed.value, from)
        } catch (error) {
          if (isFault(error) && error.fault === 'invalid') return refuse('password', null, error.fields)
          throw error
        }
        return done('password', 'Your password is changed, and you are signed out everywhere else.')
      }
      case 'end':
        await signOutSession(portal, actor, idIn(form.sessionId), from)
        return done('end', 'Signed out there.')
      default:
        return refuse(null, 'This page does not know that act. Load it again.')
    }
  })

export default function Account() {
  const { name, email, organization, role, sessions } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <Page narrow>
      <PageHeader title="Account">
        <span className="break-words">{email}</span>
        <span>
          {role}, {organization}
        </span>
      </PageHeader>
      {reply?.done ? <Notice key={reply.done}>{reply.done}</Notice> : null}
      {reply?.of === null ? <FormErrors message={reply.message} /> : null}
      <Section title="Name">
        <NameForm
          key={name}
          name={name}
          refused={reply?.of === 'rename' && !reply.done ? reply : undefined}
        />
      </Section>
      <Section title="Password">
        <PasswordForm
          // Emptied once it is changed.
          key={reply?.of === 'password' ? String(reply.done) : 'untouched'}
          email={email}
          refused={reply?.of === 'password' && !reply.done ? reply : undefined}
        />
      </Section>
      <Section title="Where you are signed in" note={sessions.length}>
        <Sessions sessions={sessions} />
      </Section>
    </Page>
  )
}
