import { Form, Link } from '@remix-run/react'
import { PROPOSAL_SECTIONS } from '../../domain/proposal-template'
import { TEXT_LIMITS } from '../../domain/review'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { SelectField, TextArea } from '../ui/field'
import { type RefusedForm, useDone } from '../ui/use-done'

export type Question = {
  id: string
  fragment: string
  text: string
  askedBy: string | null
  askedAt: Date | string
  answer: string | null
  answeredBy: string | null
  answeredAt: Date | string | null
}

const titleOf = (fragment: string) =>
  PROPOSAL_SECTIONS.find((section) => section.fragment === fragment)?.title ?? fragment

/** Questions to the authors by section, with their answers; `mayAnswer` for those who write the proposal. */
export function Questions({
  questions,
  proposalId,
  mayAnswer,
  refused,
}: {
  questions: readonly Question[]
  /** Null for those who cannot open the proposal itself. */
  proposalId: string | null
  mayAnswer: boolean
  refused: { question: string; answer: string; problems: string[] | undefined } | null
}) {
  if (questions.length === 0) return <p className="text-sm text-muted">Nothing has been asked.</p>
  return (
    <ul className="divide-y divide-rule border-y border-rule">
      {questions.map((one) => (
        <li key={one.id} className="py-3 text-sm">
          <p className="text-xs text-muted">
            {proposalId ? (
              <Link to={`/proposals/${proposalId}#${one.fragment}`} className="link font-semibold">
                {titleOf(one.fragment)}
              </Link>
            ) : (
              <span className="font-semibold">{titleOf(one.fragment)}</span>
            )}{' '}
            · {one.askedBy ?? 'a reviewer'} · <Moment at={one.askedAt} />
          </p>
          <p className="mt-1 whitespace-pre-wrap">{one.text}</p>
          {one.answer ? (
            <blockquote className="mt-2 whitespace-pre-wrap border-l-2 border-green pl-3">
              {one.answer}
              <span className="block text-xs text-muted">
                {one.answeredBy}
                {one.answeredAt ? (
                  <>
                    {' '}
                    · <Moment at={one.answeredAt} />
                  </>
                ) : null}
              </span>
            </blockquote>
          ) : mayAnswer ? (
            <Form method="post" className="mt-2 max-w-prose">
              <input type="hidden" name="act" value="answer" />
              <input type="hidden" name="question" value={one.id} />
              <TextArea
                label="Answer"
                name="answer"
                rows={3}
                maxLength={TEXT_LIMITS.question}
                defaultValue={refused?.question === one.id ? refused.answer : ''}
                error={refused?.question === one.id ? refused.problems : undefined}
              />
              <Button size="sm" className="mt-1">
                Answer
              </Button>
            </Form>
          ) : (
            <p className="mt-1 text-muted">Not answered yet.</p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** A question to the authors at a section. It is empty again once it was sent; other acts on the page leave it as it is. */
export function AskAuthors({
  askKey,
  refused,
}: {
  askKey: string
  /** What this form came back with. */
  refused: RefusedForm
}) {
  const asked = useDone((sent) => sent.get('act') === 'ask', refused)
  const problems = refused?.fields ?? {}
  return (
    <Form key={asked} method="post" className="mt-4 max-w-prose space-y-2">
      <input type="hidden" name="act" value="ask" />
      <input type="hidden" name="key" value={askKey} />
      <SelectField
        label="Section"
        name="fragment"
        defaultValue={refused?.form.fragment}
        error={problems.fragment}
        options={PROPOSAL_SECTIONS.map(({ fragment, title }) => ({ value: fragment, label: title }))}
      />
      <TextArea
        label="Question to the authors"
        name="text"
        rows={3}
        maxLength={TEXT_LIMITS.question}
        hint="They see it at once, without your name."
        defaultValue={refused?.form.text ?? ''}
        error={problems.text}
      />
      <Button>Ask the authors</Button>
    </Form>
  )
}
