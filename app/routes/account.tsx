import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { changePassword, ownSessions, rename, signOutSession } from '~/auth.server'
import { Button } from '~/components/ui/button'
import { Moment } from '~/components/ui/date'
import { TextField } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Table, Td, Th } from '~/components/ui/table'
import { accountForm, changePasswordForm, MIN_PASSWORD } from '~/domain/account'
import { type FieldProblems, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
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
      role: actor.organization.role,
      sessions: sessions.map(({ id, ...session }) => ({ ...session, id, here: id === actor.sessionId })),
    }
  })

type Reply = { of: string; done: string | null; name?: string; fields: FieldProblems }

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const form = Object.fromEntries(await request.formData())
    const of = String(form.act)
    const reply = (done: string | null, fields: FieldProblems = {}) =>
      data<Reply>({ of, done, name: String(form.name ?? ''), fields }, { status: done ? 200 : 422 })
    if (of === 'rename') {
      const parsed = parseForm(accountForm, form)
      if (!parsed.ok) return reply(null, parsed.fields)
      await rename(portal.db, actor, parsed.value.name, from)
      return reply('Your name is changed.')
    }
    if (of === 'password') {
      const parsed = parseForm(changePasswordForm, form)
      if (!parsed.ok) return reply(null, parsed.fields)
      try {
        await changePassword(portal, actor, parsed.value, from)
      } catch (error) {
        if (isFault(error) && error.fault === 'invalid') return reply(null, error.fields)
        throw error
      }
      return reply('Your password is changed, and you are signed out everywhere else.')
    }
    if (of === 'end') {
      await signOutSession(portal, actor, String(form.sessionId), from)
      return reply('Signed out there.')
    }
    return reply(null, { '': ['This page does not know that act. Load it again.'] })
  })

export default function Account() {
  const { name, email, organization, role, sessions } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const problems = (act: string) => (reply?.of === act ? reply.fields : {})
  return (
    <Page narrow>
      <PageHeader title="Account">
        {email} · {role}, {organization}
      </PageHeader>
      {reply?.done ? (
        <p role="status" className="mb-4 border border-green/40 bg-green-wash px-3 py-2 text-sm">
          {reply.done}
        </p>
      ) : (
        <FormErrors fields={reply?.fields} />
      )}
      <Section title="Name">
        <Form method="post" className="flex max-w-md flex-wrap items-start gap-3">
          <input type="hidden" name="act" value="rename" />
          <TextField
            className="flex-1"
            label="Your name"
            name="name"
            hint="As it stands under what you write."
            defaultValue={reply?.of === 'rename' && !reply.done ? reply.name : name}
            error={problems('rename').name}
          />
          <Button className="mt-6">Change</Button>
        </Form>
      </Section>
      <Section title="Password">
        <Form method="post" className="max-w-md space-y-3" key={reply?.of === 'password' ? reply.done : null}>
          <input type="hidden" name="act" value="password" />
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <TextField
            label="Present password"
            name="current"
            type="password"
            autoComplete="current-password"
            error={problems('password').current}
          />
          <TextField
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            hint={`At least ${MIN_PASSWORD} characters.`}
            error={problems('password').password}
          />
          <Button>Change the password</Button>
        </Form>
      </Section>
      <Section title="Where you are signed in" note={sessions.length}>
        <Table caption="Sessions" stack>
          <thead>
            <tr>
              <Th>Browser</Th>
              <Th>Address</Th>
              <Th>Since</Th>
              <Th>
                <span className="sr-only">Change</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <Th scope="row" className="max-w-xs">
                  {session.here ? <strong>This browser</strong> : (session.userAgent ?? 'not known')}
                </Th>
                <Td label="Address">{session.from || 'not known'}</Td>
                <Td label="Since">
                  <Moment at={session.since} />
                </Td>
                <Td>
                  {session.here ? null : (
                    <Form method="post">
                      <input type="hidden" name="act" value="end" />
                      <input type="hidden" name="sessionId" value={session.id} />
                      <Button size="sm">Sign out there</Button>
                    </Form>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
    </Page>
  )
}
