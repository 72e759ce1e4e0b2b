import { AskAuthors } from '../review/ask-authors'
import type { RefusedForm } from '../ui/use-done'
import { type Question, RequestQuestions } from './request-questions'

/**
 * What institutions ask about a section, beneath its text, with the answers; and for an institution that was asked for
 * money (`askId`) the way to ask, quoting the passage that it marked.
 */
export function QuestionsBeneath({
  fragment,
  questions,
  mayAnswer,
  askId,
  actKey,
  refused,
}: {
  fragment: string
  questions: readonly Question[]
  mayAnswer: boolean
  askId: string | null
  actKey: string
  refused: RefusedForm
}) {
  const own = questions.filter((question) => question.fragment === fragment)
  const isRefused = refused?.form.act === 'question' && refused.form.fragment === fragment
  if (own.length === 0 && !askId) return null
  return (
    <div className="no-print mt-3 border-l-2 border-ochre bg-well px-3 py-2 font-sans text-sm">
      {own.length ? (
        <RequestQuestions questions={own} mayAnswer={mayAnswer} refused={refused} withSection={false} />
      ) : null}
      {askId ? (
        <AskAuthors
          sends={{ act: 'question', key: actKey, askId, fragment }}
          hint="A passage that you mark before is quoted."
          refused={isRefused ? refused : null}
        />
      ) : null}
    </div>
  )
}
