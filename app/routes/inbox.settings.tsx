import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { NoticeSettingsForm } from '~/components/inbox/notice-settings-form'
import { Notice } from '~/components/ui/notice'
import { Page, PageHeader } from '~/components/ui/page'
import type { FieldProblems } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { noticeSettingsForm } from '~/domain/notices'
import { respond } from '~/faults.server'
import { noticeSettingsOf, setNoticeSettings } from '~/inbox.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'What you are told · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return { email: actor.email, settings: await noticeSettingsOf(context.portal.db, actor.userId) }
  })

type Reply = { done: boolean; fields: FieldProblems }

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const parsed = parseForm(noticeSettingsForm, Object.fromEntries(await request.formData()))
    if (!parsed.ok) return data<Reply>({ done: false, fields: parsed.fields }, { status: 422 })
    await setNoticeSettings(context.portal.db, actor, parsed.value)
    return data<Reply>({ done: true, fields: {} })
  })

export default function NoticeSettingsPage() {
  const { email, settings } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <Page narrow>
      <PageHeader
        title="What you are told"
        eyebrow={
          <Link className="link" to="/inbox">
            Inbox
          </Link>
        }
      >
        <p>
          Everything stands in the inbox. Choose what comes by mail to{' '}
          <span className="break-words">{email}</span> as well. A mail never says what is restricted: it says
          that there is something, and leads here.
        </p>
      </PageHeader>
      {reply?.done ? <Notice>It is kept: from now on you are told like this.</Notice> : null}
      <NoticeSettingsForm settings={settings} problems={reply?.fields ?? {}} />
    </Page>
  )
}
