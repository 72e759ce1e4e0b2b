import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { Badge, MarkingBadge } from '~/components/ui/badge'
import { Button } from '~/components/ui/button'
import { Day, Moment } from '~/components/ui/date'
import { TextArea } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { Fact, Facts, Page, PageHeader, Section } from '~/components/ui/page'
import { parseForm } from '~/domain/form'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { requireActor } from '~/session.server'
import { finishFollowUp, followUpDoneForm, followUpPage } from '~/sessions.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Follow-up to ${page?.followUp.number ?? 'a decision'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const page = await followUpPage(context.portal.db, actor, params.id ?? '')
    return { ...page, today: new Date().toISOString().slice(0, 10) }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    const parsed = parseForm(followUpDoneForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    const refused = await attempt(form, () => finishFollowUp(portal.db, actor, id, parsed.value, from))
    if (refused) return refused
    throw redirect(`/follow-ups/${id}`)
  })

export default function FollowUp() {
  const { followUp, owner, group, session, doneBy, marking, mayFinish, today } =
    useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { doneAt } = followUp
  return (
    <Page narrow>
      <PageHeader
        eyebrow={<Link to={`/groups/${followUp.groupId}`}>{group}</Link>}
        title={`Follow-up to ${followUp.number}`}
      >
        {doneAt ? <Badge tone="green">Done</Badge> : null}
        {!doneAt && followUp.dueOn < today ? <Badge tone="red">Overdue</Badge> : null}
        <MarkingBadge marking={marking} />
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <p className="mb-4 max-w-prose whitespace-pre-wrap">{followUp.text}</p>
      <Facts>
        <Fact term="Falls to">{owner}</Fact>
        <Fact term="Due">
          <Day date={followUp.dueOn} />
        </Fact>
        <Fact term="Decision">
          <Link to={`/decisions/${followUp.number}`} className="link">
            {followUp.number}
          </Link>
        </Fact>
        <Fact term="Session">
          <Link to={`/sessions/${followUp.sessionId}`} className="link">
            {session}
          </Link>
        </Fact>
        {doneAt ? (
          <Fact term="Done">
            <Moment at={doneAt} /> by {doneBy}: {followUp.doneNote}
          </Fact>
        ) : null}
      </Facts>
      {mayFinish && !doneAt ? (
        <Section title="It is done" note="this cannot be taken back">
          <Form method="post" className="max-w-prose space-y-3">
            <TextArea
              label="How it was done"
              name="note"
              required
              rows={3}
              maxLength={1000}
              defaultValue={refused?.form.note}
              error={refused?.fields.note}
            />
            <Button variant="primary">Say that it is done</Button>
          </Form>
        </Section>
      ) : null}
    </Page>
  )
}
