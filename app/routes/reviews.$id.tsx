import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Interests } from '~/components/review/interests'
import { AskAuthors, Questions } from '~/components/review/questions'
import { Result } from '~/components/review/result'
import { SheetForm } from '~/components/review/sheet-form'
import { SheetView } from '~/components/review/sheet-view'
import { Badge, MarkingBadge } from '~/components/ui/badge'
import { Button, LinkButton } from '~/components/ui/button'
import { Day, Moment } from '~/components/ui/date'
import { Dialog } from '~/components/ui/dialog'
import { SelectField, TextArea } from '~/components/ui/field'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { parseForm } from '~/domain/form'
import {
  CONFLICT_KINDS,
  CONFLICT_LABEL,
  discloseForm,
  questionForm,
  REVIEW_STATE_LABEL,
  recuseForm,
  sheetDraft,
  sheetForm,
} from '~/domain/review'
import { respond } from '~/faults.server'
import { attempt, type Refused, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { actOnReview, askAuthors, reviewPage } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Review: ${page?.title ?? 'Proposal'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return { ...(await reviewPage(context.portal.db, actor, params.id ?? '')), key: newMoveKey() }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const { db, mail, config } = portal
    const id = params.id ?? ''
    const parts = { db, mail, origin: config.origin }
    const form = Object.fromEntries(await request.formData())
    // To somebody for whom it does not exist, a wrong form is no different from a right one.
    await reviewPage(db, actor, id)
    const act = (wish: Parameters<typeof actOnReview>[3]) =>
      attempt(form, () => actOnReview(parts, actor, id, wish, from))
    switch (form.act) {
      case 'accept': {
        const refused = await act({ act: 'accept' })
        if (refused) return refused
        break
      }
      case 'recuse': {
        const parsed = parseForm(recuseForm, form)
        if (!parsed.ok) return refuseForm(form, parsed.fields)
        const refused = await act({ act: 'recuse', ...parsed.value })
        if (refused) return refused
        throw redirect('/reviews')
      }
      case 'disclose': {
        const parsed = parseForm(discloseForm, form)
        if (!parsed.ok) return refuseForm(form, parsed.fields)
        const refused = await act({ act: 'disclose', ...parsed.value })
        if (refused) return refused
        break
      }
      case 'save': {
        const refused = await act({ act: 'save', draft: sheetDraft(form) })
        return refused ?? data<Refused>({ message: null, fields: {}, form: {} })
      }
      case 'hand_in': {
        const draft = sheetDraft(form)
        const parsed = parseForm(sheetForm, form)
        if (!parsed.ok) {
          const kept = await act({ act: 'save', draft })
          return kept ?? refuseForm(form, parsed.fields, 'Not handed in yet: see what is missing below.')
        }
        const refused = await act({ act: 'hand_in', sheet: parsed.value, draft })
        if (refused) return refused
        break
      }
      case 'ask': {
        const parsed = parseForm(questionForm, form)
        if (!parsed.ok) return refuseForm(form, parsed.fields)
        const refused = await attempt(form, () => askAuthors(db, actor, { reviewId: id }, parsed.value, from))
        if (refused) return refused
        break
      }
      default:
        return refuseForm(form, {}, 'This page does not know that act. Load it again.')
    }
    throw redirect(`/reviews/${id}`)
  })

export default function Review() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
  const { review, version } = page
  const reads = review.state === 'accepted' || review.state === 'handed_in'
  const open = ['submitted', 'screening', 'in_review'].includes(page.caseState)
  const sent = refused?.form ?? {}
  return (
    <Page narrow>
      <PageHeader
        eyebrow={<Link to="/reviews">Reviews</Link>}
        title={page.title}
        actions={
          reads ? (
            <>
              {page.before ? (
                <LinkButton
                  to={`/proposals/${review.proposalId}/versions/${version.number}?since=${page.before}`}
                >
                  What changed since version {page.before}
                </LinkButton>
              ) : null}
              <LinkButton to={`/proposals/${review.proposalId}/versions/${version.number}`} variant="primary">
                Read version {version.number}
              </LinkButton>
            </>
          ) : null
        }
      >
        <MarkingBadge marking={page.marking} />
        <Badge tone={review.state === 'handed_in' ? 'green' : 'ochre'}>
          {REVIEW_STATE_LABEL[review.state]}
        </Badge>
        <span className="inline-flex items-center gap-1.5">
          {page.leadIso2 ? <Flag iso2={page.leadIso2} size={16} /> : null}
          {page.lead} leads
        </span>
        <span>
          due <Day date={review.dueOn} />
        </span>
        {page.isMine ? null : <span>Reviewer: {page.reviewer}</span>}
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <p className="mb-6 text-xs text-muted">
        Version {version.number}, submitted <Moment at={version.at} />, SHA-256{' '}
        <code className="break-all">{version.sha256}</code>
      </p>
      {page.isMine && review.state === 'asked' ? (
        <Section title="Will you review it?">
          <p className="mb-3 max-w-prose text-sm">
            Accept to read the version that was submitted. Step back if you, your delegation or somebody close
            to you has a part in it: nobody asks further. An interest that does not keep you from judging it
            is disclosed below.
          </p>
          <Form method="post">
            <Button name="act" value="accept" variant="primary" busy={busy}>
              Accept the review
            </Button>
          </Form>
        </Section>
      ) : null}
      {page.isMine && reads && open ? (
        <Section
          title="Your sheet"
          note={page.sheets.length > 0 ? 'Handed in; a change is kept beside it and shows as such.' : null}
        >
          <SheetForm
            draft={refused?.form.act === 'hand_in' ? sent : review.draft}
            problems={refused?.form.act === 'hand_in' ? refused.fields : {}}
            isAgain={page.sheets.length > 0}
          />
        </Section>
      ) : null}
      {page.sheets.map((one) => (
        <Section
          key={one.id}
          title={`Handed in${page.sheets.length > 1 ? `, ${one.number}` : ''}`}
          note={<Moment at={one.at} />}
        >
          <details open={!open || one.number === page.sheets.length}>
            <summary className="mb-2 cursor-pointer text-sm text-accent">Show the sheet</summary>
            <SheetView sheet={one.sheet} secret />
          </details>
        </Section>
      ))}
      {page.result ? (
        <Section title="All reviews of this version">
          <Result result={page.result} />
        </Section>
      ) : page.isMine && reads ? (
        <p className="mb-8 text-sm text-muted">
          What the others found is shown once you have handed in yours.
        </p>
      ) : null}
      {page.others?.map(({ nth, sheet }) => (
        <Section key={nth} title={`Reviewer ${nth}`} level={3}>
          <details>
            <summary className="mb-2 cursor-pointer text-sm text-accent">Show the sheet</summary>
            <SheetView sheet={sheet} secret={false} />
          </details>
        </Section>
      ))}
      {page.isMine && reads ? (
        <Section title="Questions to the authors">
          <Questions questions={page.questions} proposalId={null} mayAnswer={false} refused={null} />
          {open ? (
            <AskAuthors askKey={page.key} refused={refused?.form.act === 'ask' ? refused : null} />
          ) : null}
        </Section>
      ) : null}
      {page.interests.length || (page.isMine && open) ? (
        <Interests
          interests={page.interests}
          formKey={page.isMine && open ? page.key : null}
          sent={refused?.form.act === 'disclose' ? sent : {}}
          problems={refused?.form.act === 'disclose' ? refused.fields : {}}
        />
      ) : null}
      {page.isMine && open ? (
        <Dialog trigger={<Button variant="danger">Step back</Button>} title="Step back from this review?">
          <Form method="post" className="space-y-3">
            <p className="text-sm">
              You will not read it any more, and your sheet does not count. This cannot be undone.
            </p>
            <SelectField
              label="Kind of conflict"
              name="kind"
              options={CONFLICT_KINDS.map((value) => ({ value, label: CONFLICT_LABEL[value] }))}
              error={refused?.form.act === 'recuse' ? refused.fields.kind : undefined}
            />
            <TextArea
              label="Why"
              name="reason"
              defaultValue={refused?.form.act === 'recuse' ? sent.reason : ''}
              error={refused?.form.act === 'recuse' ? refused.fields.reason : undefined}
            />
            <Button name="act" value="recuse" variant="danger">
              Step back
            </Button>
          </Form>
        </Dialog>
      ) : null}
    </Page>
  )
}
