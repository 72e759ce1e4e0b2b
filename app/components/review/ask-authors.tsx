import { Form } from '@remix-run/react'
import { type SyntheticEvent, useEffect, useRef } from 'react'
import { TEXT_LIMITS } from '../../domain/review'
import { Button } from '../ui/button'
import { TextArea } from '../ui/field'
import { type RefusedForm, useDone } from '../ui/use-done'

/** Of a passage that was marked, so much is quoted. */
const MOST_QUOTED = 300

type Props = {
  /** What is sent beside the question; its `fragment` tells this form from those of other sections. */
  sends: Readonly<Record<string, string>> & { fragment: string }
  hint?: string
  /** What this form came back with. */
  refused: RefusedForm
}

/**
 * A question to the authors beneath a section. A passage that was marked is quoted, after what was typed before. It is empty
 * and closed once the question was sent; what others do meanwhile leaves it as it is.
 */
export function AskAuthors(props: Props) {
  const { fragment } = props.sends
  const asked = useDone((sent) => sent.has('text') && sent.get('fragment') === fragment, props.refused)
  return <OneQuestion key={asked} {...props} />
}

function OneQuestion({ sends, hint, refused }: Props) {
  const marked = useRef('')
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

  function quote({ currentTarget: box }: SyntheticEvent<HTMLDetailsElement>) {
    const text = box.querySelector('textarea')
    const quoted = `“${marked.current}”: `
    if (!box.open || !marked.current || !text || text.value.includes(quoted)) return
    text.value = text.value ? `${text.value.trimEnd()}\n${quoted}` : quoted
  }

  return (
    <details open={refused ? true : undefined} className="mt-1" onToggle={quote}>
      <summary ref={opener} className="w-fit cursor-pointer text-accent">
        Ask the authors about this section
      </summary>
      <Form method="post" preventScrollReset className="mt-2 max-w-prose space-y-2">
        {Object.entries(sends).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <TextArea
          label="Your question"
          name="text"
          rows={3}
          maxLength={TEXT_LIMITS.question}
          hint={hint}
          defaultValue={refused?.form.text}
          error={refused?.fields.text}
          required
        />
        <Button size="sm">Ask the authors</Button>
      </Form>
    </details>
  )
}
