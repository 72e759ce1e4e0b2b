import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { PipelineTable } from '~/components/financing/pipeline-table'
import { Stack } from '~/components/financing/stack'
import { TotalsTable } from '~/components/financing/totals-table'
import { TrancheLine } from '~/components/financing/tranches'
import { Badge, MarkingBadge } from '~/components/ui/badge'
import { Button } from '~/components/ui/button'
import { Day, Moment } from '~/components/ui/date'
import { TextField } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { Money } from '~/components/ui/money'
import { Fact, Facts, Page, PageHeader, Section } from '~/components/ui/page'
import { Table, Td, Th } from '~/components/ui/table'
import { parseForm } from '~/domain/form'
import { strictestOf } from '~/domain/marking'
import { CONDITION_GATE_LABEL, CONDITION_STATE_LABEL, isMet } from '~/domain/money-conditions'
import { startRequestForm } from '~/domain/money-forms'
import { respond } from '~/faults.server'
import { projectMoney, startRequest } from '~/financing.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Money: ${page?.project.title ?? 'Project'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return { ...(await projectMoney(context.portal.db, actor, params.id ?? '')), key: newMoveKey() }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const projectId = params.id ?? ''
    await projectMoney(db, actor, projectId)
    const form = Object.fromEntries(await request.formData())
    const parsed = parseForm(startRequestForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    const refused = await attempt(form, async () => {
      throw redirect(`/financing/${await startRequest(db, actor, projectId, parsed.value, context.from)}`)
    })
    return refused ?? redirect(`/projects/${projectId}/money`)
  })

export default function ProjectMoney() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { project, cost, totals, gap } = page
  return (
    <Page>
      <PageHeader eyebrow={<Link to={`/projects/${project.id}`}>{project.title}</Link>} title="Money">
        <MarkingBadge marking={strictestOf([project, ...page.asks])} />
        <span>What is open to you of it; kinds of money are never added up.</span>
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <Facts className="mb-6">
        <Fact term="Capital cost">
          {cost ? (
            <Money amount={cost.amount} currency={cost.currency} />
          ) : (
            <span className="text-muted">not given</span>
          )}
        </Fact>
        <Fact term="Gap">
          {gap !== null && cost ? (
            <>
              <Money amount={gap} currency={cost.currency} />{' '}
              <span className="text-muted">capital cost less what is committed</span>
            </>
          ) : cost ? (
            <span className="text-muted">not told: money is committed in another currency</span>
          ) : (
            <span className="text-muted">not told: the capital cost is not given</span>
          )}
        </Fact>
      </Facts>
      {totals.length > 0 ? (
        <Section title="Against the capital cost">
          {totals.map((one) => (
            <Stack key={one.currency} totals={one} cost={cost} sources={page.asks} />
          ))}
          <div className="mt-4">
            <TotalsTable totals={totals} />
          </div>
        </Section>
      ) : null}
      <Section title="Sources" note={page.asks.length || null}>
        {page.asks.length > 0 ? (
          <PipelineTable rows={page.asks} withProject={false} />
        ) : (
          <p className="text-sm text-muted">No source that you may see.</p>
        )}
      </Section>
      {page.tranches.length > 0 ? (
        <Section title="Time line of tranches">
          <ol className="space-y-2 text-sm">
            {page.tranches.map((one) => (
              <li key={one.id} className="border-l-2 border-rule pl-3">
                <Link to={`/financing/asks/${one.askId}`} className="link">
                  {page.asks.find(({ id }) => id === one.askId)?.sourceName}
                </Link>
                <TrancheLine
                  tranche={one}
                  currency={page.asks.find(({ id }) => id === one.askId)?.currency ?? ''}
                />
              </li>
            ))}
          </ol>
        </Section>
      ) : null}
      {page.conditions.length > 0 ? (
        <Section title="Conditions precedent">
          <Table caption="Conditions precedent" stack>
            <thead>
              <tr>
                <Th>Condition</Th>
                <Th>Before</Th>
                <Th>Met by</Th>
                <Th>Due</Th>
                <Th>Evidence</Th>
                <Th>State</Th>
              </tr>
            </thead>
            <tbody>
              {page.conditions.map((one) => (
                <tr key={one.id}>
                  <Th scope="row">
                    <Link to={`/financing/asks/${one.askId}`} className="row-link">
                      {one.text}
                    </Link>
                  </Th>
                  <Td label="Before">{CONDITION_GATE_LABEL[one.gate]}</Td>
                  <Td label="Met by">{one.responsible}</Td>
                  <Td label="Due">
                    <Day date={one.dueOn} none="not given" />
                  </Td>
                  <Td label="Evidence">
                    {one.evidence.length === 0 ? <span className="text-muted">none yet</span> : null}
                    {one.evidence.map(({ fileId, name, at }) => (
                      <span key={fileId} className="block">
                        <Link to={`/financing/files/${fileId}`} className="link break-all" reloadDocument>
                          {name}
                        </Link>{' '}
                        <span className="text-xs text-muted">
                          <Moment at={at} />
                        </span>
                      </span>
                    ))}
                  </Td>
                  <Td label="State">
                    <Badge tone={isMet(one.state) ? 'green' : 'ochre'}>
                      {CONDITION_STATE_LABEL[one.state]}
                    </Badge>
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Section>
      ) : null}
      {page.mayStart ? (
        <Section title="Ask for its money">
          <Form method="post" className="max-w-xl space-y-3">
            <input type="hidden" name="key" value={page.key} />
            <TextField
              label="Title of the request"
              name="title"
              defaultValue={refused?.form.title ?? project.title}
              error={refused?.fields.title}
              required
            />
            <Button variant="primary">Start a financing request</Button>
          </Form>
        </Section>
      ) : null}
    </Page>
  )
}
