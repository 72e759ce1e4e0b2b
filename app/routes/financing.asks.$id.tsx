import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { actOnAsk } from '~/ask-acts.server'
import { ActForm, refusedOf, useActKey } from '~/components/financing/act-form'
import { AskFacts } from '~/components/financing/ask-facts'
import { Conditions, SetCondition } from '~/components/financing/conditions'
import { Ledger, RecordMoney } from '~/components/financing/ledger'
import { RequestQuestions } from '~/components/financing/request-questions'
import { StageActs } from '~/components/financing/stage-acts'
import { StageBadge } from '~/components/financing/stage-badge'
import { StageHistory } from '~/components/financing/stage-history'
import { Terms } from '~/components/financing/terms'
import { TotalsTable } from '~/components/financing/totals-table'
import { PlanTranche, Tranches } from '~/components/financing/tranches'
import { MarkingBadge } from '~/components/ui/badge'
import { SelectField, TextArea } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { REQUEST_SECTIONS } from '~/domain/request-template'
import { readEvidenceForm } from '~/evidence-form.server'
import { respond } from '~/faults.server'
import { askPage, mustSeeAsk } from '~/financing.server'
import { newMoveKey } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.ask.sourceName ?? 'Financing'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const page = await askPage(context.portal.db, actor, params.id ?? '')
    return { ...page, key: newMoveKey(), today: new Date().toISOString().slice(0, 10) }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const id = params.id ?? ''
    // To somebody for whom it does not exist, a wrong form is no different from a right one.
    await mustSeeAsk(context.portal.db, actor, id)
    const { form, file } = await readEvidenceForm(request)
    const refused = await actOnAsk({ portal: context.portal, from: context.from }, actor, id, form, file)
    if (refused) return refused
    throw redirect(`/financing/asks/${id}`)
  })

export default function Ask() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const { ask, request, money, may, today } = page
  const common = { actKey: useActKey(page.key, refused), refused }
  const question = refusedOf(refused, 'question')
  return (
    <Page>
      <PageHeader
        eyebrow={
          <>
            <Link to={`/financing/${request.id}`}>{request.title}</Link> ·{' '}
            <Link to={`/projects/${page.project.id}/money`}>{page.project.title}</Link>
          </>
        }
        title={ask.sourceName}
      >
        <MarkingBadge marking={request.marking} />
        <StageBadge stage={ask.stage} />
      </PageHeader>
      {refused ? <FormErrors message={refused.message} fields={refused.fields} /> : null}
      <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <AskFacts ask={ask} warnings={page.warnings} />
          {money ? (
            <>
              <Section title="Ledger" className="mt-8">
                {money.totals ? (
                  <div className="mb-4">
                    <TotalsTable totals={[money.totals]} />
                  </div>
                ) : null}
                <Ledger entries={money.entries} {...common} />
                <div className="mt-3">
                  <RecordMoney
                    kinds={may.record}
                    currency={ask.currency}
                    facilities={money.facilities}
                    prove={may.prove}
                    today={today}
                    {...common}
                  />
                </div>
              </Section>
              {request.state === 'announced' ? null : (
                <>
                  <Section title="Conditions precedent" note={money.conditions.length || null}>
                    <Conditions conditions={money.conditions} {...common} />
                    {may.condition ? (
                      <div className="mt-3">
                        <SetCondition responsible={money.responsible} tranches={money.tranches} {...common} />
                      </div>
                    ) : null}
                  </Section>
                  <Section title="Tranches" note={money.tranches.length || null}>
                    <Tranches tranches={money.tranches} currency={ask.currency} today={today} {...common} />
                    {may.tranche ? (
                      <div className="mt-3">
                        <PlanTranche currency={ask.currency} {...common} />
                      </div>
                    ) : null}
                  </Section>
                </>
              )}
            </>
          ) : (
            <p className="mt-8 border border-rule bg-well p-3 text-sm">
              Its money and terms are a restricted part: ask the delegation that leads the request.
            </p>
          )}
        </div>
        <div className="min-w-0">
          <Section title="What you can do">
            <StageActs moves={may.moves} prove={may.prove} {...common} />
          </Section>
          {money && request.state !== 'announced' ? (
            <Section title="Commercial terms">
              <Terms money={money} mayBegin={may.beginTerms} mayName={may.nameReaders} {...common} />
            </Section>
          ) : null}
          {page.questions.length > 0 || may.question ? (
            <Section title="Questions" note={page.questions.length || null}>
              <RequestQuestions questions={page.questions} mayAnswer={may.answer} refused={refused} />
              {may.question ? (
                <div className="mt-3">
                  <ActForm id="question" label="Ask the authors" hidden={{ act: 'question' }} {...common}>
                    <SelectField
                      label="Section"
                      name="fragment"
                      defaultValue={question.form.fragment}
                      error={question.fields.fragment}
                      options={REQUEST_SECTIONS.map(({ fragment, title }) => ({
                        value: fragment,
                        label: title,
                      }))}
                    />
                    <TextArea
                      label="Your question"
                      name="text"
                      rows={3}
                      defaultValue={question.form.text}
                      error={question.fields.text}
                      required
                    />
                  </ActForm>
                </div>
              ) : null}
            </Section>
          ) : null}
          <Section title="History">
            <StageHistory moves={page.moves} />
          </Section>
        </div>
      </div>
    </Page>
  )
}
