import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { RuleHistory, RulesList } from '~/components/session/group-rules'
import { Button, LinkButton } from '~/components/ui/button'
import { SelectField, TextField } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { readAfterConflict } from '~/components/ui/read-after-conflict'
import { parseForm } from '~/domain/form'
import { GROUP_RULE_LIMITS, groupRulesForm } from '~/domain/group-rules'
import { BASE_LABEL, BASES, MAJORITIES, MAJORITY_LABEL } from '~/domain/session/model'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { groupPage } from '~/reviews.server'
import { requireActor } from '~/session.server'
import { groupRulesOf, ruleChanges, setGroupRules } from '~/sessions.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Rules · ${page?.group.name ?? 'Working group'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const { group, mayRule } = await groupPage(db, actor, params.id ?? '')
    const [rules, history] = await Promise.all([groupRulesOf(db, group.id), ruleChanges(db, group.id)])
    return { group: { id: group.id, name: group.name }, mayRule, rules, history }
  })

export const shouldRevalidate = readAfterConflict

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    const parsed = parseForm(groupRulesForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    const refused = await attempt(form, () => setGroupRules(portal.db, actor, id, parsed.value, from))
    if (refused) return refused
    throw redirect(`/groups/${id}/rules`)
  })

export default function GroupRulesPage() {
  const { group, mayRule, rules, history } = useLoaderData<typeof loader>()
  return (
    <Page narrow>
      <PageHeader eyebrow={<Link to={`/groups/${group.id}`}>{group.name}</Link>} title="Rules of procedure" />
      <Section title={mayRule ? 'Change them' : 'As they are'}>
        {mayRule ? <RulesForm key={history[0]?.id ?? ''} /> : <RulesList rules={rules} />}
      </Section>
      <Section title="Changes" note={history.length || null}>
        {history.length ? (
          <RuleHistory lines={history} />
        ) : (
          <p className="text-sm text-muted">None: the rules are those that every group begins with.</p>
        )}
      </Section>
    </Page>
  )
}

function RulesForm() {
  const { group, rules, history } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const limits = GROUP_RULE_LIMITS
  const field = (name: Exclude<keyof typeof rules, 'seconder' | 'breakNeedsReason'>) => ({
    name,
    defaultValue: refused?.form[name] ?? String(rules[name] ?? ''),
    error: refused?.fields[name],
  })
  const isOn = (name: 'seconder' | 'breakNeedsReason') =>
    refused ? refused.form[name] === 'on' : rules[name]
  return (
    <Form method="post" className="space-y-5">
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <p className="text-sm text-muted">
        They hold from now on. A session takes the rules as they are when it opens, and keeps them to its end;
        a silence procedure that runs keeps its deadline.
      </p>
      <input type="hidden" name="known" value={history[0]?.id ?? ''} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          {...{ label: 'Notice of a session, hours', type: 'number', required: true, ...limits.noticeHours }}
          {...field('noticeHours')}
        />
        <TextField
          {...{ label: 'Quorum, percent', type: 'number', required: true, ...limits.quorumPercent }}
          {...field('quorumPercent')}
          hint="Of the delegations that decide; rounded up."
        />
        <SelectField
          label="Majority"
          {...field('majority')}
          options={MAJORITIES.map((value) => ({ value, label: MAJORITY_LABEL[value] }))}
        />
        <SelectField
          label="Taken"
          {...field('base')}
          options={BASES.map((value) => ({ value, label: BASE_LABEL[value] }))}
        />
        <TextField
          {...{
            label: 'Absent delegations one may vote for',
            type: 'number',
            required: true,
            ...limits.proxies,
          }}
          {...field('proxies')}
          hint="0: nobody votes for another."
        />
        <TextField
          {...{ label: 'A statement, seconds', type: 'number', ...limits.speechSeconds }}
          {...field('speechSeconds')}
          hint="Empty: no limit."
        />
        <TextField
          {...{ label: 'A silence procedure, hours', type: 'number', required: true, ...limits.silenceHours }}
          {...field('silenceHours')}
          hint="At least so long."
        />
      </div>
      <div className="space-y-1 text-sm">
        <label className="block">
          <input type="checkbox" name="seconder" defaultChecked={isOn('seconder')} /> A motion or amendment
          needs a second delegation that decides
        </label>
        <label className="block">
          <input type="checkbox" name="breakNeedsReason" defaultChecked={isOn('breakNeedsReason')} /> Whoever
          breaks silence says why
        </label>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary">Set these rules</Button>
        <LinkButton to={`/groups/${group.id}`}>Leave them</LinkButton>
      </div>
    </Form>
  )
}
