import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  MaxPartSizeExceededError,
  type MetaFunction,
  unstable_createMemoryUploadHandler as memoryUpload,
  unstable_parseMultipartFormData as parseMultipart,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RateForm, RateImport } from '~/components/money/rate-forms'
import { RateTable } from '~/components/money/rate-table'
import { EmptyState } from '~/components/ui/empty'
import { SelectField } from '~/components/ui/field'
import { FilterForm } from '~/components/ui/filter-form'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Pages } from '~/components/ui/pages'
import { CURRENCIES } from '~/domain/currency'
import { type RateProblem, rateForm, readRates } from '~/domain/exchange-rate'
import { type FieldProblems, forbidden } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { can, PORTAL } from '~/domain/rights'
import { enterRates, RATES_A_PAGE, rateList, withdrawForm, withdrawRate } from '~/exchange-rates.server'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Exchange rates · FORGE' }]

const MOST_BYTES = 1024 * 1024
const MOST_TOLD = 50

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const search = new URL(request.url).searchParams
    const wish = {
      currency: CURRENCIES.find((code) => code === search.get('currency')) ?? null,
      page: Math.min(1000, Math.max(1, Math.trunc(Number(search.get('page')) || 1))),
    }
    return {
      ...(await rateList(context.portal.db, wish)),
      page: wish.page,
      size: RATES_A_PAGE,
      maySet: can(actor, 'set_rates', PORTAL),
    }
  })

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    if (!can(actor, 'set_rates', PORTAL)) throw forbidden('Administrators enter exchange rates.')
    const { db } = context.portal
    const done = () => redirect('/exchange-rates')
    if (request.headers.get('content-type')?.startsWith('multipart/')) {
      const refused = await importFile(request, async (rates) => enterRates(db, actor, rates, context.from))
      return refused ?? done()
    }
    const form = Object.fromEntries(await request.formData())
    if (form.act === 'withdraw') {
      const parsed = parseForm(withdrawForm, form)
      if (!parsed.ok)
        return refuse(form, { '': ['Say in three characters or more what is wrong with the rate.'] })
      return (await attemptRates(form, () => withdrawRate(db, actor, parsed.value, context.from))) ?? done()
    }
    const parsed = parseForm(rateForm, form)
    if (!parsed.ok) return refuse(form, parsed.fields)
    return (await attemptRates(form, () => enterRates(db, actor, [parsed.value], context.from))) ?? done()
  })

type Refusal = {
  message: string | null
  fields: FieldProblems
  form: Record<string, string>
  lines: RateProblem[]
}

const withLines = (refused: ReturnType<typeof refuseForm>, lines: RateProblem[] = []) =>
  data<Refusal>({ ...refused.data, lines }, refused.init ?? undefined)

const refuse = (form: Record<string, FormDataEntryValue>, fields: FieldProblems) =>
  withLines(refuseForm(form, fields))

async function attemptRates(form: Record<string, FormDataEntryValue>, work: () => Promise<void>) {
  const refused = await attempt(form, work)
  return refused && withLines(refused)
}

/** Reads the file of a form and hands its rates on; null when they were entered. */
async function importFile(
  request: Request,
  enter: (rates: Parameters<typeof enterRates>[2]) => Promise<void>,
) {
  const wrong = (problem: string) => refuse({ act: 'import' }, { file: [problem] })
  try {
    const file = (await parseMultipart(request, memoryUpload({ maxPartSize: MOST_BYTES }))).get('file')
    if (!(file instanceof File) || file.size === 0) return wrong('Choose a .csv file.')
    const read = readRates(await file.text())
    if (read.ok) return await attemptRates({ act: 'import' }, () => enter(read.rates))
    const { problems } = read
    const message = `Nothing was taken: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`} in the file.`
    return withLines(refuseForm({ act: 'import' }, {}, message), problems.slice(0, MOST_TOLD))
  } catch (error) {
    if (error instanceof MaxPartSizeExceededError)
      return wrong('The file has more than 1 MB, and no more are taken.')
    throw error
  }
}

export default function ExchangeRates() {
  const { rows, total, page, size, maySet } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const entering = refused?.form.act === 'enter'
  return (
    <Page>
      <PageHeader title="Exchange rates">
        <p>
          Figures in several currencies are added up only by these rates, and say which. For a day without
          one, the latest before it counts. Administrators enter them.
        </p>
      </PageHeader>
      {refused ? <FormErrors message={refused.message} fields={refused.fields} /> : null}
      <div className={maySet ? 'grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]' : undefined}>
        <div className="min-w-0">
          <FilterForm
            label="Filter the rates"
            names={['currency']}
            className="no-print mb-3 flex flex-wrap items-end gap-3"
          >
            {(value) => (
              <SelectField
                label="Currency"
                name="currency"
                defaultValue={value('currency')}
                options={[
                  { value: '', label: 'Every currency' },
                  ...CURRENCIES.map((code) => ({ value: code, label: code })),
                ]}
              />
            )}
          </FilterForm>
          <p role="status" className="mb-2 text-sm text-muted">
            {total === 1 ? '1 rate' : `${total.toLocaleString('en')} rates`}
          </p>
          {rows.length ? (
            <RateTable rows={rows} maySet={maySet} />
          ) : (
            <EmptyState title="No rate is entered">
              <p>
                Until there is one, amounts in different currencies stand beside each other and are not added
                up.
              </p>
            </EmptyState>
          )}
          <Pages page={page} total={total} size={size} />
        </div>
        {maySet ? (
          <Section title="Administrators">
            <RateForm
              key={`${total} ${entering}`}
              kept={entering ? (refused?.form ?? {}) : {}}
              problems={entering ? (refused?.fields ?? {}) : {}}
            />
            <RateImport error={refused?.fields.file} problems={refused?.lines ?? []} />
          </Section>
        ) : null}
      </div>
    </Page>
  )
}
