import { Form } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button'
import { TextArea } from '../ui/field'
import { type RefusedForm, useDone } from './act-form'
import { type Question, RequestQuestions } from './request-questions'

/** Of a passage that was marked, so much is quoted. */
const MOST_QUOTED = 300

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
  const asked = useDone((sent) => sent.get('fragment') === fragment, refused)
  if (own.length === 0 && !askId) return null
  return (
    <div className="no-print mt-3 border-l-2 border-ochre bg-well px-3 py-2 font-sans text-sm">
      {own.length ? (
        <RequestQuestions questions={own} mayAnswer={mayAnswer} refused={refused} withSection={false} />
      ) : null}
      {askId ? <AskHere key={asked} {...{ fragment, askId, actKey, refused }} /> : null}
    </div>
  )
}

function AskHere({
  fragment,
  askId,
  actKey,
  refused,
}: {
  fragment: string
  askId: string
  actKey: string
  refused: RefusedForm
}) {
  const isRefused = refused?.form.act === 'question' && refused.form.fragment === fragment
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
  return (
    <details
      open={isRefused || undefined}
      className="mt-1"
      onToggle={(event) => {
        if (event.currentTarget.open && marked.current) setQuoted(`“${marked.current}”: `)
      }}
    >
      <summary ref={opener} className="w-fit cursor-pointer text-accent">
        Ask the authors about this section
      </summary>
      <Form method="post" preventScrollReset className="mt-2 max-w-prose space-y-2">
        <input type="hidden" name="key" value={actKey} />
        <input type="hidden" name="askId" value={askId} />
        <input type="hidden" name="fragment" value={fragment} />
        <TextArea
          key={quoted}
          label="Your question"
          name="text"
          rows={3}
          defaultValue={isRefused ? refused?.form.text : quoted}
          error={isRefused ? refused?.fields.text : undefined}
          required
        />
        <Button name="act" value="question" size="sm">
          Ask the authors
        </Button>
      </Form>
    </details>
  )
}
