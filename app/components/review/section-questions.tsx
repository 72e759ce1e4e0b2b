import { Form } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import type { FieldProblems } from '../../domain/fault'
import { TEXT_LIMITS } from '../../domain/review'
import { Button } from '../ui/button'
import { TextArea } from '../ui/field'
import { type Question, Questions } from './questions'

/** Of a passage that was marked, so much is quoted. */
const MOST_QUOTED = 300

/** Questions beside a section of a frozen version; `askKey` for those who may ask. A marked passage is quoted. */
export function SectionQuestions({
  fragment,
  questions,
  askKey,
  refused,
}: {
  fragment: string
  questions: readonly Question[]
  askKey: string | null
  refused: { fields: FieldProblems; form: Record<string, string> } | null
}) {
  const marked = useRef('')
  const [quoted, setQuoted] = useState('')
  const opener = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = opener.current
    // Pressing the button takes the mark off the text: it is read before.
    const read = () => {
      marked.current = window.getSelection()?.toString().trim().slice(0, MOST_QUOTED) ?? ''
    }
    element?.addEventListener('pointerdown', read)
    element?.addEventListener('keydown', read)
    return () => {
      element?.removeEventListener('pointerdown', read)
      element?.removeEventListener('keydown', read)
    }
  }, [])
  if (questions.length === 0 && !askKey) return null
  return (
    <div className="no-print mt-3 border-l-2 border-ochre bg-well px-3 py-2 font-sans text-sm">
      {questions.length ? (
        <Questions questions={questions} proposalId={null} mayAnswer={false} refused={null} />
      ) : null}
      {askKey ? (
        <details
          key={questions.length}
          open={refused ? true : undefined}
          onToggle={(event) => {
            if (event.currentTarget.open && marked.current) setQuoted(`“${marked.current}”: `)
          }}
        >
          <summary ref={opener} className="text-accent">
            Ask the authors about this section
          </summary>
          <Form method="post" className="mt-2 max-w-prose space-y-2">
            <input type="hidden" name="key" value={askKey} />
            <input type="hidden" name="fragment" value={fragment} />
            <TextArea
              key={quoted}
              label="Question"
              name="text"
              rows={3}
              maxLength={TEXT_LIMITS.question}
              hint="They see it at once, without your name. A passage that you mark before is quoted."
              defaultValue={refused?.form.text ?? quoted}
              error={refused?.fields.text}
            />
            <Button size="sm">Ask the authors</Button>
          </Form>
        </details>
      ) : null}
    </div>
  )
}
