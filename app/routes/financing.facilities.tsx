import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { refusedOf } from '~/components/financing/act-form'
import { Button } from '~/components/ui/button'
import { SelectField, TextField } from '~/components/ui/field'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Money } from '~/components/ui/money'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Source } from '~/components/ui/source'
import { CURRENCIES } from '~/domain/currency'
import { parseForm } from '~/domain/form'
import { facilityForm } from '~/domain/money-forms'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { allInstitutions, changeCeiling, enterFacility, facilityList } from '~/financing.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Facilities · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const [list, bodies] = await Promise.all([facilityList(db, actor), allInstitutions(db)])
    return {
      facilities: list,
      keeps: bodies.filter(({ id }) => can(actor, 'keep', { kind: 'facility', institutionId: id })),
      key: newMoveKey(),
    }
  })

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const form = Object.fromEntries(await request.formData())
    if (form.act === 'ceiling') {
      const refused = await attempt(form, () =>
        changeCeiling(db, actor, String(form.facilityId ?? ''), String(form.ceiling ?? ''), context.from),
      )
      if (refused) return refused
    } else {
      const parsed = parseForm(facilityForm, form)
      if (!parsed.ok) return refuseForm(form, parsed.fields)
      const refused = await attempt(form, async () => {
        await enterFacility(db, actor, parsed.value, context.from)
      })
      if (refused) return refused
    }
    throw redirect('/financing/facilities')
  })

export default function Facilities() {
  const { facilities, keeps, key } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const entering = refusedOf(refused, 'enter')
  return (
    <Page>
      <PageHeader eyebrow={<Link to="/financing">Financing</Link>} title="Facilities">
        Envelopes with a ceiling: nobody commits past it.
      </PageHeader>
      {refused ? <FormErrors message={refused.message} fields={refused.fields} /> : null}
      {facilities.length === 0 ? <p className="text-sm text-muted">None that you may see.</p> : null}
      {facilities.map((one) => (
        <Section
          key={one.id}
          title={one.name}
          note={
            <>
              <Flag iso2={one.iso2} size={16} className="mr-1.5" />
              {one.code}
            </>
          }
        >
          <dl className="grid gap-x-8 gap-y-2 border border-rule bg-sheet p-3 text-sm sm:grid-cols-4">
            <div>
              <dt className="text-muted">Ceiling</dt>
              <dd>
                <Money amount={one.ceiling} currency={one.currency} />
              </dd>
            </div>
            {one.committed !== null && one.drawn !== null && one.left !== null ? (
              <>
                <div>
                  <dt className="text-muted">Committed</dt>
                  <dd>
                    <Money amount={one.committed} currency={one.currency} />
                  </dd>
                </div>
                <div>
                  <dt className="text-muted">Drawn</dt>
                  <dd>
                    <Money amount={one.drawn} currency={one.currency} />
                    {one.shared > 0 ? (
                      <span className="block text-xs text-muted">
                        without {one.shared === 1 ? '1 loan that is' : `${one.shared} loans that are`} paid
                        from elsewhere, too
                      </span>
                    ) : null}
                  </dd>
                </div>
                <div>
                  <dt className="text-muted">Left to commit</dt>
                  <dd>
                    <Money amount={one.left} currency={one.currency} />
                  </dd>
                </div>
              </>
            ) : null}
          </dl>
          {one.note ? <p className="mt-2 max-w-prose text-sm">{one.note}</p> : null}
          {one.source ? (
            <p className="mt-1 text-xs">
              <Source text={one.source} />
            </p>
          ) : null}
          {one.mayKeep ? (
            <details className="mt-2 text-sm" open={refused?.form.facilityId === one.id}>
              <summary className="link w-fit cursor-pointer">Change the ceiling…</summary>
              <Form method="post" className="mt-2 flex flex-wrap items-end gap-2">
                <input type="hidden" name="facilityId" value={one.id} />
                <TextField
                  label={`Ceiling (${one.currency})`}
                  name="ceiling"
                  inputMode="decimal"
                  defaultValue={
                    refused?.form.facilityId === one.id
                      ? refused.form.ceiling
                      : one.ceiling.replace(/\.0+$/, '')
                  }
                  error={refused?.form.facilityId === one.id ? refused.fields.ceiling : undefined}
                />
                <Button name="act" value="ceiling">
                  Change the ceiling
                </Button>
              </Form>
            </details>
          ) : null}
        </Section>
      ))}
      {keeps.length > 0 ? (
        <Section title="Another facility">
          <Form method="post" className="max-w-xl space-y-3">
            <input type="hidden" name="form" value="enter" />
            <input type="hidden" name="key" value={key} />
            <SelectField
              label="Institution"
              name="institutionId"
              defaultValue={entering.form.institutionId}
              options={keeps.map(({ id, code, name }) => ({ value: id, label: `${code}: ${name}` }))}
            />
            <TextField
              label="Name"
              name="name"
              defaultValue={entering.form.name}
              error={entering.fields.name}
              required
            />
            <TextField
              label="Ceiling"
              name="ceiling"
              inputMode="decimal"
              defaultValue={entering.form.ceiling}
              error={entering.fields.ceiling}
              required
            />
            <SelectField
              label="Currency"
              name="currency"
              defaultValue={entering.form.currency ?? 'USD'}
              options={CURRENCIES.map((code) => ({ value: code, label: code }))}
            />
            <TextField
              label="Note"
              name="note"
              defaultValue={entering.form.note}
              error={entering.fields.note}
            />
            <Button variant="primary">Enter the facility</Button>
          </Form>
        </Section>
      ) : null}
    </Page>
  )
}
