import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { Button } from '~/components/ui/button'
import { ConfirmForm } from '~/components/ui/dialog'
import { EmptyState } from '~/components/ui/empty'
import { TextField } from '~/components/ui/field'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Table, Td, Th } from '~/components/ui/table'
import { parseForm } from '~/domain/form'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { endReviewer, nameReviewer, poolPage } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Reviewers · FORGE' }]

const nameForm = z.object({ email: z.email('Give an e-mail address.').max(200) })

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return { people: await poolPage(context.portal.db, actor) }
  })

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    await poolPage(portal.db, actor)
    const form = Object.fromEntries(await request.formData())
    if (form.act === 'end') {
      const refused = await attempt(form, () => endReviewer(portal.db, actor, String(form.userId), from))
      if (refused) return refused
    } else {
      const parsed = parseForm(nameForm, form)
      if (!parsed.ok) return refuseForm(form, parsed.fields)
      const refused = await attempt(form, () => nameReviewer(portal.db, actor, parsed.value.email, from))
      if (refused) return refused
    }
    throw redirect('/reviews/people')
  })

export default function Reviewers() {
  const { people } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <Page narrow>
      <PageHeader eyebrow={<Link to="/reviews">Reviews</Link>} title="Reviewers">
        <p>
          People who may be asked to review. Nobody is asked about a proposal that their delegation takes part
          in.
        </p>
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <Section title="On the list" note={people.length || null}>
        {people.length ? (
          <Table caption="Reviewers" stack>
            <thead>
              <tr>
                <Th>Reviewer</Th>
                <Th>Delegation</Th>
                <Th numeric>Open</Th>
                <Th numeric className="whitespace-nowrap">
                  Handed in
                </Th>
                <Th>List</Th>
              </tr>
            </thead>
            <tbody>
              {people.map((one) => (
                <tr key={one.id}>
                  <Th scope="row">
                    {one.name}
                    <span className="block text-xs text-muted">{one.email}</span>
                  </Th>
                  <Td label="Delegation">
                    {one.iso2 ? <Flag iso2={one.iso2} className="mr-2" /> : null}
                    {one.of}
                  </Td>
                  <Td numeric label="Open">
                    {one.open}
                  </Td>
                  <Td numeric label="Handed in">
                    {one.done}
                  </Td>
                  <Td label="List">
                    <ConfirmForm
                      trigger={
                        <Button variant="quiet" size="sm" className="whitespace-nowrap">
                          Take off
                        </Button>
                      }
                      title={`Take ${one.name} off the list?`}
                      confirm="Take off"
                    >
                      <p>Nobody asks them any more. What they were asked before stays with them.</p>
                      <input type="hidden" name="act" value="end" />
                      <input type="hidden" name="userId" value={one.id} />
                    </ConfirmForm>
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        ) : (
          <EmptyState title="Nobody is on the list">
            <p>Add people by the address of their account.</p>
          </EmptyState>
        )}
      </Section>
      <Section title="Add a reviewer">
        <Form method="post" className="flex max-w-prose flex-wrap items-end gap-3" key={people.length}>
          <TextField
            label="E-mail of their account"
            name="email"
            type="email"
            autoComplete="off"
            defaultValue={refused?.form.email ?? ''}
            error={refused?.fields.email}
            className="flex-1"
          />
          <Button variant="primary">Add</Button>
        </Form>
      </Section>
    </Page>
  )
}
