import type { RefusedForm } from '../ui/use-done'
import { AskAuthors } from './ask-authors'
import { type Question, Questions } from './questions'

/** Questions beside a section of a frozen version; `askKey` for those who may ask. */
export function SectionQuestions({
  fragment,
  questions,
  askKey,
  refused,
}: {
  fragment: string
  questions: readonly Question[]
  askKey: string | null
  refused: RefusedForm
}) {
  if (questions.length === 0 && !askKey) return null
  return (
    <div className="no-print mt-3 border-l-2 border-ochre bg-well px-3 py-2 font-sans text-sm">
      {questions.length ? (
        <Questions questions={questions} proposalId={null} mayAnswer={false} refused={null} />
      ) : null}
      {askKey ? (
        <AskAuthors
          sends={{ key: askKey, fragment }}
          hint="They see it at once, without your name. A passage that you mark before is quoted."
          refused={refused}
        />
      ) : null}
    </div>
  )
}
