import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { DocumentHeader } from '~/components/documents/document-header'
import { LazyWriting } from '~/components/editor/lazy-writing'
import { useActKey } from '~/components/financing/act-form'
import { AskInstitutions } from '~/components/financing/ask-institutions'
import { PipelineTable } from '~/components/financing/pipeline-table'
import { QuestionsBeneath } from '~/components/financing/questions-beneath'
import { SoughtFacts } from '~/components/financing/sought'
import { staysWithHistory } from '~/components/history/history-address'
import { Badge, MarkingBadge } from '~/components/ui/badge'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { useDone } from '~/components/ui/use-done'
import { parseForm } from '~/domain/form'
import { REQUEST_STATE_LABEL } from '~/domain/institution'
import { answerAskForm, askForm, askQuestionForm } from '~/domain/money-forms'
import { REQUEST_SECTIONS } from '~/domain/request-template'
import { respond } from '~/faults.server'
import { answerInstitution, askAuthorsOfRequest, askInstitutions, requestPage } from '~/financing.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.title ?? 'Financing request'} · FORGE` },
]

export const shouldRevalidate = staysWithHistory

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const page = await requestPage(context.portal.db, actor, params.id ?? '')
    return { ...page, account: actor.userId, key: newMoveKey() }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const id = params.id ?? ''
    await requestPage(db, actor, id)
    const data = await request.formData()
    const form = Object.fromEntries(data)
    if (form.act === 'answer') {
      const parsed = parseForm(answerAskForm, form)
      if (!parsed.ok) return refuseForm(form, parsed.fields)
      const refused = await attempt(form, () => answerInstitution(db, actor, parsed.value, context.from))
      if (refused) return refused
    } else if (form.act === 'question') {
      const parsed = parseForm(askQuestionForm, form)
      if (!parsed.ok) return refuseForm(form, parsed.fields)
      const refused = await attempt(form, () =>
        askAuthorsOfRequest(db, actor, String(form.askId ?? ''), parsed.value, context.from),
      )
      if (refused) return refused
    } else {
      const parsed = parseForm(askForm, { ...form, institutions: data.getAll('institutions') })
      if (!parsed.ok) return refuseForm(form, parsed.fields)
      const refused = await attempt(form, () =>
        askInstitutions(context.portal, actor, id, parsed.value, context.from),
      )
      if (refused) return refused
    }
    throw redirect(`/financing/${id}`)
  })

const SECTIONS = REQUEST_SECTIONS.map(({ fragment, title, hint }) => ({ fragment, title, hint }))

export default function FinancingRequest() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const { document } = page
  const actKey = useActKey(page.key, refused)
  const asked = useDone((sent) => sent.get('act') === 'ask', refused)
  const unanswered = page.questions.filter(({ answer }) => answer === null)
  const waiting = unanswered.length
  const eyebrow = (
    <>
      Financing request for <Link to={`/projects/${page.project.id}/money`}>{page.project.title}</Link>
    </>
  )
  const badges = (
    <>
      <MarkingBadge marking={page.marking} />
      <Badge tone="accent">{REQUEST_STATE_LABEL[page.state]}</Badge>
    </>
  )
  return (
    <Page>
      {document ? (
        <DocumentHeader
          eyebrow={eyebrow}
          title={page.title}
          documentId={document.id}
          badges={badges}
          owner={document.owner}
          grants={document.grants}
          mayInvite={document.mayInvite}
          seesHistory={document.seesHistory}
        />
      ) : (
        <PageHeader eyebrow={eyebrow} title={page.title}>
          {badges}
        </PageHeader>
      )}
      {refused ? <FormErrors message={refused.message} fields={refused.fields} /> : null}
      <SoughtFacts sought={page.sought} />
      {waiting ? (
        <p className="mb-6 border border-ochre border-l-4 bg-well px-3 py-2 text-sm">
          {waiting === 1 ? 'A question of an institution waits' : `${waiting} questions of institutions wait`}{' '}
          for an answer, beneath{' '}
          {REQUEST_SECTIONS.filter(({ fragment }) => unanswered.some((one) => one.fragment === fragment)).map(
            ({ fragment, title }, index) => (
              <span key={fragment}>
                {index ? ', ' : ''}
                <a className="link" href={`#${fragment}`}>
                  {title}
                </a>
              </span>
            ),
          )}
          .
        </p>
      ) : null}
      <Section title="Institutions" note={page.asks.length || null}>
        {page.asks.length > 0 ? (
          <PipelineTable rows={page.asks} withProject={false} />
        ) : (
          <p className="text-sm text-muted">
            Nobody is asked yet.{page.mayAsk ? ' Several institutions can be asked at once.' : ''}
          </p>
        )}
      </Section>
      {page.mayAsk ? (
        <Section title="Ask institutions">
          <details key={`${page.id} ${asked}`} open={page.asks.length === 0 || refused?.form.act === 'ask'}>
            <summary className="mb-3 w-fit cursor-pointer text-sm font-semibold text-accent">
              {page.asks.length === 0 ? 'Whom, how much and for what' : 'Ask others, or for something else'}
            </summary>
            <AskInstitutions
              institutions={page.institutions}
              sought={page.sought}
              actKey={actKey}
              refused={refused}
            />
          </details>
        </Section>
      ) : null}
      {document ? (
        <Section title="Text">
          <LazyWriting
            channelId={document.channelId}
            account={page.account}
            seesHistory={document.seesHistory}
            sections={SECTIONS}
            owners={[]}
            facts="request"
            beneath={(fragment) => (
              <QuestionsBeneath
                fragment={fragment}
                questions={page.questions}
                mayAnswer={page.mayAnswer}
                askId={page.askId}
                actKey={actKey}
                refused={refused}
              />
            )}
          />
        </Section>
      ) : null}
    </Page>
  )
}
