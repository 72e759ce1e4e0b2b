import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { Deadline } from '~/components/review/deadline'
import { SilenceBadge } from '~/components/review/silence-table'
import { Button, LinkButton } from '~/components/ui/button'
import { Moment } from '~/components/ui/date'
import { ConfirmForm } from '~/components/ui/dialog'
import { SelectField, TextArea } from '~/components/ui/field'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Fact, Facts, Page, PageHeader, Section } from '~/components/ui/page'
import { parseForm } from '~/domain/form'
import { BREAK_KINDS, BREAK_LABEL, breakForm } from '~/domain/silence'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { breakSilence, cancelSilence, silencePage } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Silence procedure: ${page?.procedure.title ?? ''} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return { ...(await silencePage(context.portal.db, actor, params.id ?? '')), key: newMoveKey() }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    // Before anything else is awaited: a break counts by this instant.
    const receivedAt = new Date()
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const parts = { db: portal.db, mail: portal.mail, origin: portal.config.origin }
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    await silencePage(portal.db, actor, id)
    if (form.act === 'cancel') {
      const refused = await attempt(form, () => cancelSilence(parts, actor, id, from))
      if (refused) return refused
    } else {
      const parsed = parseForm(breakForm, form)
      if (!parsed.ok) return refuseForm(form, parsed.fields)
      const refused = await attempt(form, () =>
        breakSilence(parts, actor, id, parsed.value, { from, receivedAt }),
      )
      if (refused) return refused
    }
    throw redirect(`/silence/${id}`)
  })

export default function Silence() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { procedure, group } = page
  return (
    <Page narrow>
      <PageHeader
        eyebrow={<Link to={`/groups/${group.id}`}>{group.name}</Link>}
        title={procedure.title}
        actions={
          <>
            <LinkButton to={`/records/silence/${procedure.id}`}>Record</LinkButton>
            {page.version && procedure.subjectKind === 'proposal' ? (
              <LinkButton to={`/proposals/${procedure.subjectId}/versions/${page.version}`} variant="primary">
                Read version {page.version}
              </LinkButton>
            ) : null}
          </>
        }
      >
        <SilenceBadge state={procedure.state} />
        {page.decision ? (
          <Link to={`/decisions/${page.decision}`} className="link">
            {page.decision}
          </Link>
        ) : null}
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <Facts className="mb-6">
        <Fact term="Deadline">
          <Deadline at={procedure.deadline} zone={procedure.zone} />
        </Fact>
        <Fact term="What it does">
          {procedure.outcome === 'endorsed' ? 'Endorses the proposal' : 'Declines the proposal'}, unless a
          delegation breaks silence before the deadline.
        </Fact>
        <Fact term="Opened">
          {page.openedBy} ({page.openedOf}), <Moment at={procedure.openedAt} />
        </Fact>
        <Fact term="SHA-256 of the text">
          <code className="break-all text-xs">{procedure.textSha256}</code>
        </Fact>
      </Facts>
      <Section title="Text">
        <blockquote className="whitespace-pre-wrap border-l-2 border-ink/40 bg-sheet px-4 py-3 font-serif text-lg">
          {procedure.text}
        </blockquote>
      </Section>
      {page.breaks.length ? (
        <Section title="Silence was broken">
          <ul className="divide-y divide-rule border-y border-rule">
            {page.breaks.map((one) => (
              <li key={one.id} className="py-3 text-sm">
                <p>
                  {one.iso2 ? <Flag iso2={one.iso2} size={16} /> : null} <strong>{one.of}</strong> ({one.by}):{' '}
                  {BREAK_LABEL[one.kind].toLowerCase()}, <Moment at={one.at} />
                </p>
                <p className="mt-1 whitespace-pre-wrap">{one.reason}</p>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {page.mayBreak ? (
        <Section title="Break silence">
          <Form method="post" className="max-w-prose space-y-3">
            <p className="text-sm text-muted">
              Ends the procedure at once: nothing is adopted, and every delegation of the group reads your
              reason. This cannot be undone.
            </p>
            <input type="hidden" name="act" value="break" />
            <input type="hidden" name="key" value={page.key} />
            <SelectField
              label="What it is"
              name="kind"
              defaultValue={refused?.form.kind}
              options={BREAK_KINDS.map((value) => ({ value, label: BREAK_LABEL[value] }))}
              error={refused?.fields.kind}
            />
            <TextArea
              label="Why"
              name="reason"
              rows={5}
              maxLength={4000}
              defaultValue={refused?.form.reason ?? ''}
              error={refused?.fields.reason}
            />
            <Button variant="danger">Break silence</Button>
          </Form>
        </Section>
      ) : null}
      <Section title="Delegations that may break it" note={page.entitled.length}>
        <ul className="columns-2 text-sm leading-7">
          {page.entitled.map((one) => (
            <li key={one.id}>
              {one.iso2 ? <Flag iso2={one.iso2} className="mr-2" /> : null}
              {one.name}
            </li>
          ))}
        </ul>
      </Section>
      {page.mayCancel ? (
        <ConfirmForm
          trigger={<Button variant="danger">Cancel the procedure</Button>}
          title="Cancel the silence procedure?"
          confirm="Cancel the procedure"
        >
          <p>Nothing is adopted; every delegation of the group is told. It cannot be taken up again.</p>
          <input type="hidden" name="act" value="cancel" />
        </ConfirmForm>
      ) : null}
    </Page>
  )
}
