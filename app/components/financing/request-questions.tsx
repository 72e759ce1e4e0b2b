import { Form } from '@remix-run/react'
import { REQUEST_SECTIONS } from '../../domain/request-template'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { TextArea } from '../ui/field'
import type { RefusedForm } from '../ui/use-done'

export type Question = {
  id: string
  fragment: string
  text: string
  askedBy: string
  askedAt: Date
  answer: string | null
  answeredBy: string | null
}

/** Questions section by section, each beside the passage it is about, with its answer. */
export function RequestQuestions({
  questions,
  mayAnswer,
  refused,
  withSection = true,
}: {
  questions: readonly Question[]
  mayAnswer: boolean
  /** Whether each says which section it is about. */
  withSection?: boolean
  refused: RefusedForm
}) {
  return (
    <ul className="space-y-3">
      {REQUEST_SECTIONS.flatMap(({ fragment, title }) =>
        questions
          .filter((question) => question.fragment === fragment)
          .map((question) => (
            <li key={question.id} className="border border-rule bg-sheet p-3 text-sm">
              {withSection ? <p className="small-caps text-muted">{title}</p> : null}
              <p className="mt-1 font-semibold whitespace-pre-line">{question.text}</p>
              <p className="text-xs text-muted">
                {question.askedBy}, <Moment at={question.askedAt} />
              </p>
              {question.answer !== null ? (
                <p className="mt-2 whitespace-pre-line border-l-2 border-accent pl-3">
                  {question.answer}
                  <span className="block text-xs text-muted">{question.answeredBy}</span>
                </p>
              ) : mayAnswer ? (
                <Form method="post" preventScrollReset className="mt-2 space-y-2">
                  <input type="hidden" name="question" value={question.id} />
                  <TextArea
                    label="Your answer"
                    name="answer"
                    rows={2}
                    defaultValue={refused?.form.question === question.id ? refused.form.answer : ''}
                    error={refused?.form.question === question.id ? refused.fields.answer : undefined}
                    required
                  />
                  <Button name="act" value="answer" size="sm">
                    Answer
                  </Button>
                </Form>
              ) : (
                <p className="mt-2 text-muted">Not answered yet.</p>
              )}
            </li>
          )),
      )}
    </ul>
  )
}
