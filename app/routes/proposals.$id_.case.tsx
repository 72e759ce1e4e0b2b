import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { CaseMoves } from '~/components/proposals/case-moves'
import { CaseRefusal, WHAT_HAPPENED } from '~/components/proposals/case-refusal'
import { CaseTimeLine } from '~/components/proposals/case-time-line'
import { CaseVersions } from '~/components/proposals/case-versions'
import { HostConsent } from '~/components/proposals/host-consent'
import { LikeIt } from '~/components/proposals/like-it'
import { LinkedCases } from '~/components/proposals/linked-cases'
import { MissingList } from '~/components/proposals/missing-list'
import { OutcomeBadge } from '~/components/review/decision-table'
import { AskAuthors, Questions } from '~/components/review/questions'
import { ReviewRoom } from '~/components/review/room'
import { SilenceForm } from '~/components/review/silence-form'
import { SilenceTable } from '~/components/review/silence-table'
import { MarkingBadge, ProposalStateBadge } from '~/components/ui/badge'
import { LinkButton } from '~/components/ui/button'
import { Day } from '~/components/ui/date'
import { Flag } from '~/components/ui/flag'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { readAfterConflict } from '~/components/ui/read-after-conflict'
import { parseForm } from '~/domain/form'
import { leftWithout } from '~/domain/left-without'
import type { ProposalState } from '~/domain/project-stage'
import { HELD_BY } from '~/domain/proposal-machine'
import { answerForm, assignForm, questionForm } from '~/domain/review'
import { actKey } from '~/domain/session/acts'
import { silenceForm } from '~/domain/silence'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import {
  bringBack,
  moveForm,
  moveProposal,
  mustReadProposal,
  newMoveKey,
  proposalCase,
} from '~/projects.server'
import {
  actOnReview,
  answerQuestion,
  askAuthors,
  askConsent,
  assignReviewers,
  decisionOver,
  groupChoices,
  openSilence,
  questionsOf,
  roomOf,
  silenceList,
} from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Where it stands: ${page?.title ?? 'Proposal'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const id = params.id ?? ''
    const page = await proposalCase(db, actor, id)
    const [room, questions, decision, procedures, groups] = await Promise.all([
      roomOf(db, actor, id),
      questionsOf(db, id, actor),
      decisionOver(db, id),
      silenceList(db, actor, id),
      page.may.includes('recommend') || page.state === 'in_decision' ? groupChoices(db) : [],
    ])
    return {
      ...{ ...page, room, questions, procedures, groups, key: newMoveKey() },
      decision: decision && { number: decision.number, outcome: decision.outcome },
      today: new Date().toISOString().slice(0, 10),
    }
  })

export const shouldRevalidate = readAfterConflict

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const { db, channels, documents, mail, config } = portal
    const id = params.id ?? ''
    const data = await request.formData()
    const form = Object.fromEntries(data)
    // To somebody for whom it does not exist, a wrong form is no different from a right one.
    await mustReadProposal(db, actor, id)
    const parts = { db, channels, documents, mail, origin: config.origin }
    const run = async () => {
      switch (form.act) {
        case 'assign': {
          const parsed = parseForm(assignForm, { ...form, reviewers: data.getAll('reviewers') })
          if (!parsed.ok) return refuseForm(form, parsed.fields)
          return attempt(form, () => assignReviewers(parts, actor, id, parsed.value, from))
        }
        case 'remind':
        case 'release': {
          const { act } = form
          return attempt(form, () => actOnReview(parts, actor, String(form.review), { act }, from))
        }
        case 'answer': {
          const parsed = parseForm(answerForm, form)
          if (!parsed.ok) return refuseForm(form, parsed.fields)
          return attempt(form, () => answerQuestion(db, actor, id, parsed.value, from))
        }
        case 'ask': {
          const parsed = parseForm(questionForm, form)
          if (!parsed.ok) return refuseForm(form, parsed.fields)
          return attempt(form, () => askAuthors(db, actor, { proposalId: id }, parsed.value, from))
        }
        case 'consent': {
          const parsed = parseForm(askConsentForm, form)
          if (!parsed.ok) return refuseForm(form, {}, 'Load the page again.')
          return attempt(form, () => askConsent(parts, actor, id, parsed.value.key, from))
        }
        case 'silence': {
          const parsed = parseForm(silenceForm, form)
          if (!parsed.ok) return refuseForm(form, parsed.fields)
          return attempt(form, async () => void (await openSilence(parts, actor, id, parsed.value, from)))
        }
        default: {
          const parsed = parseForm(moveForm, form)
          if (!parsed.ok)
            return refuseForm(form, parsed.fields, parsed.fields.reason ? null : 'Load the page again.')
          return attempt(form, () => moveProposal(parts, actor, id, parsed.value, from))
        }
      }
    }
    if (form.act === 'bring_back') {
      let back = ''
      const refused = await attempt(form, async () => {
        back = await bringBack(parts, actor, id, from)
      })
      if (refused) return refused
      throw redirect(`/proposals/${back}/case`)
    }
    const refused = await run()
    if (refused) return refused
    throw redirect(`/proposals/${id}/case`)
  })

const askConsentForm = z.object({ key: actKey })

const DUE_WORDS: Partial<Record<ProposalState, string>> = {
  in_review: 'The reviews are due on',
  in_decision: 'The decision is due on',
}

export default function Case() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const sent: Record<string, string> = refused?.form ?? {}
  const problemsOf = (act: string) => (sent.act === act ? (refused?.fields ?? {}) : {})
  const group = page.groups.find(({ id }) => id === page.groupId)
  const silenceRuns = page.procedures.some(({ state }) => state === 'open')
  const steers = page.room?.maySteer ?? false
  const opensSilence = steers && page.state === 'in_decision' && group && !silenceRuns
  return (
    <Page narrow>
      <PageHeader
        eyebrow={<Link to={`/proposals/${page.id}`}>{page.title}</Link>}
        title="Where it stands"
        actions={<LinkButton to={`/records/proposal/${page.id}`}>Record</LinkButton>}
      >
        <MarkingBadge marking={page.marking} />
        <ProposalStateBadge state={page.state} />
        <span className="inline-flex items-center gap-1.5">
          {page.lead.iso2 ? <Flag iso2={page.lead.iso2} size={16} /> : null}
          {page.lead.name} leads
        </span>
      </PageHeader>
      {refused?.message ? (
        <CaseRefusal
          message={refused.message}
          movedAt={sent.seen && sent.seen !== page.state ? (page.moves[0]?.at ?? null) : null}
          kept={leftWithout(sent, { ...page, asks: steers, opensSilence: Boolean(opensSilence) })}
        />
      ) : null}
      <p className="mb-6 max-w-prose">
        It is with {HELD_BY[page.state]}.
        {page.dueOn ? (
          <>
            {' '}
            {DUE_WORDS[page.state] ?? 'The answer whether it is complete is due on'} <Day date={page.dueOn} />
            .
          </>
        ) : null}
      </p>
      {page.decision ? (
        <Section title="The decision">
          <p className="mb-3 text-sm">
            <OutcomeBadge outcome={page.decision.outcome} />{' '}
            <Link to={`/decisions/${page.decision.number}`} className="link">
              {page.decision.number}
            </Link>
          </p>
          <a href={`/proposals/${page.id}/letter`} className="link text-sm font-semibold">
            The letter to the delegation (PDF)
          </a>
        </Section>
      ) : null}
      <LinkedCases
        cameFrom={page.cameFrom}
        cameBackAs={page.cameBackAs}
        mayBringBack={page.mayBringBack && !page.cameBackAs}
      />
      {page.consent ? <HostConsent {...page.consent} askKey={page.key} /> : null}
      {page.procedures.length ? (
        <Section title="Silence procedures">
          <SilenceTable procedures={page.procedures} />
        </Section>
      ) : null}
      {page.missing ? (
        <MissingList missing={page.missing} notReady={page.notReady} proposalId={page.id} />
      ) : null}
      <CaseMoves
        key={page.state}
        may={page.may}
        state={page.state}
        moveKey={page.key}
        isComplete={page.missing?.length === 0}
        groups={page.groups}
        refused={
          sent.move
            ? {
                move: sent.move,
                reason: sent.reason ?? '',
                group: sent.group ?? '',
                problems: refused?.fields ?? {},
              }
            : null
        }
      />
      {opensSilence ? (
        <SilenceForm
          formKey={page.key}
          leastHours={group.silenceHours}
          title={page.title}
          kept={sent.act === 'silence' ? sent : {}}
          problems={problemsOf('silence')}
        />
      ) : null}
      {page.room ? <ReviewRoom {...page.room} today={page.today} problems={problemsOf('assign')} /> : null}
      {page.state === 'draft' ? null : (
        <Section title="Questions to the authors" note={page.questions.length || null}>
          <Questions
            questions={page.questions}
            proposalId={page.id}
            mayAnswer={page.mayAnswer}
            refused={
              sent.act === 'answer'
                ? {
                    question: sent.question ?? '',
                    answer: sent.answer ?? '',
                    problems: refused?.fields.answer,
                  }
                : null
            }
          />
          {steers ? (
            <AskAuthors askKey={page.key} refused={refused && sent.act === 'ask' ? refused : null} />
          ) : null}
        </Section>
      )}
      {page.alike ? <LikeIt projects={page.alike} /> : null}
      <Section title="What happened" id={WHAT_HAPPENED}>
        <CaseTimeLine moves={page.moves} />
      </Section>
      <CaseVersions proposalId={page.id} versions={page.versions} />
    </Page>
  )
}
