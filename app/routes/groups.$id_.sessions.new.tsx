import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { Button } from '~/components/ui/button'
import { SelectField, TextField } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader } from '~/components/ui/page'
import { ZoneField } from '~/components/ui/zone-field'
import { notFound } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { MARKING_LABEL, MARKINGS } from '~/domain/marking'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { groupPage } from '~/reviews.server'
import { requireActor } from '~/session.server'
import { createSession, groupRulesOf, sessionForm } from '~/sessions.server'

export const meta: MetaFunction = () => [{ title: 'Prepare a session · FORGE' }]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const page = await groupPage(db, actor, params.id ?? '')
    if (!page.mayConvene) throw notFound()
    const { noticeHours } = await groupRulesOf(db, page.group.id)
    return { group: page.group, members: page.members, noticeHours, key: newMoveKey() }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const data = await request.formData()
    const form = Object.fromEntries(data)
    const parsed = parseForm(sessionForm, { ...form, readers: data.getAll('readers').map(String) })
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    let id = ''
    const refused = await attempt(form, async () => {
      id = await createSession(portal.db, actor, params.id ?? '', parsed.value, from)
    })
    if (refused) return refused
    throw redirect(`/sessions/${id}`)
  })

export default function NewSession() {
  const { group, members, noticeHours, key } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [marking, setMarking] = useState(refused?.form.marking ?? 'group')
  return (
    <Page narrow>
      <PageHeader eyebrow={<Link to={`/groups/${group.id}`}>{group.name}</Link>} title="Prepare a session" />
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <Form method="post" className="max-w-prose space-y-4">
        <input type="hidden" name="key" value={refused?.form.key ?? key} />
        <TextField
          label="Title"
          name="title"
          required
          maxLength={160}
          defaultValue={refused?.form.title}
          error={refused?.fields.title}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="Starts"
            name="starts"
            type="datetime-local"
            required
            defaultValue={refused?.form.starts}
            error={refused?.fields.starts}
            hint={`Announced at least ${noticeHours} hours before.`}
          />
          <TextField
            label="Ends"
            name="ends"
            type="datetime-local"
            required
            defaultValue={refused?.form.ends}
            error={refused?.fields.ends}
          />
        </div>
        <ZoneField name="zone" kept={refused?.form.zone} error={refused?.fields.zone} />
        <SelectField
          label="Who may know of it"
          name="marking"
          value={marking}
          onChange={(event) => setMarking(event.currentTarget.value)}
          error={refused?.fields.marking}
          options={MARKINGS.map((value) => ({
            value,
            label: `${MARKING_LABEL[value].tlp} ${MARKING_LABEL[value].label}: ${MARKING_LABEL[value].meaning}`,
          }))}
        />
        {marking === 'restricted' ? (
          <fieldset>
            <legend className="text-sm font-semibold">Delegations that may know of it</legend>
            {refused?.fields.readers?.map((problem) => (
              <p key={problem} className="text-xs font-semibold text-red">
                {problem}
              </p>
            ))}
            <ul className="mt-1 columns-2 text-sm leading-7">
              {members.map((one) => (
                <li key={one.delegationId}>
                  <label>
                    <input type="checkbox" name="readers" value={one.delegationId} /> {one.name}
                  </label>
                </li>
              ))}
            </ul>
          </fieldset>
        ) : null}
        <label className="block text-sm">
          <input type="checkbox" name="chatham" /> Chatham House Rule: names and affiliations stay out of
          notes, minutes and exports. This cannot be taken back.
        </label>
        <Button variant="primary">Prepare it</Button>
      </Form>
    </Page>
  )
}
