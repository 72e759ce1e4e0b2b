import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { COMMENT_LIMITS, mentionAt, type NamedMention } from '../../domain/comment'
import { keyName } from '../editor/keys'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Flag } from '../ui/flag'
import { askMentions, type MentionChoice } from './talk'
import type { Comments, Draft } from './use-comments'

/** A pause after the last letter before the portal is asked whom one may mean. */
const ASK_MS = 120

const newDraft = (): Draft => ({ text: '', mentions: [], key: crypto.randomUUID() })

/**
 * Where a comment is written, with `@` for people and delegations. What was typed stays until it is sent, also when
 * sending fails or the box is closed meanwhile.
 * `name`: under which the draft is kept. `send`: gives what went wrong, in words, or null.
 */
export function CommentBox({
  comments,
  name,
  label,
  button,
  first,
  send,
  onCancel,
}: {
  comments: Comments
  name: string
  label: string
  /** The button's words. */
  button: string
  /** What stands in it at first. */
  first?: Draft
  send: (draft: Draft) => Promise<string | null>
  onCancel: () => void
}) {
  const [draft, setDraft] = useState<Draft>(() => comments.drafts.get(name) ?? first ?? newDraft())
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const id = useId()
  const typed = mentionAt(draft.text, caret)
  const { choices, close } = useChoices(comments.document, typed?.query ?? null)
  const [at, setAt] = useState(0)
  const isListed = choices.length > 0

  useEffect(() => area.current?.focus(), [])

  function keep(next: Draft) {
    setDraft(next)
    comments.drafts.set(name, next)
  }

  function drop() {
    comments.drafts.delete(name)
    onCancel()
  }

  function pick({ kind, id: of, name: who }: MentionChoice) {
    if (!typed) return
    const before = `${draft.text.slice(0, typed.start)}@${who} `
    keep({
      ...draft,
      text: before + draft.text.slice(caret).replace(/^ /, ''),
      mentions: [...draft.mentions.filter((one) => one.id !== of), { kind, id: of, name: who }],
    })
    close()
    requestAnimationFrame(() => {
      area.current?.setSelectionRange(before.length, before.length)
      setCaret(before.length)
    })
  }

  async function submit() {
    if (busy) return
    setBusy(true)
    // Whose name was taken out again is not mentioned.
    const mentions = draft.mentions.filter((one) => draft.text.includes(`@${one.name}`))
    const wrong = draft.text.trim() ? await send({ ...draft, mentions }) : 'Write something first.'
    setBusy(false)
    setProblem(wrong)
    if (wrong === null) drop()
    else area.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (isListed && step !== undefined) setAt((at + step + choices.length) % choices.length)
    else if (isListed && (event.key === 'Enter' || event.key === 'Tab')) {
      const choice = choices[at]
      if (choice) pick(choice)
    } else if (isListed && event.key === 'Escape') close()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
    else if (event.key === 'Escape' && !draft.text.trim()) drop()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <div className="relative">
        <textarea
          ref={area}
          id={id}
          rows={3}
          className="control block resize-y text-sm"
          maxLength={COMMENT_LIMITS.text}
          placeholder={`${label}. @ names people and delegations.`}
          value={draft.text}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isListed}
          aria-controls={`${id}-list`}
          aria-activedescendant={isListed ? `${id}-${at}` : undefined}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={({ target }) => {
            keep({ ...draft, text: target.value })
            setCaret(target.selectionStart)
            setAt(0)
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label="Whom to mention"
          hidden={!isListed}
          className="absolute inset-x-0 top-full z-30 mt-1 max-h-60 overflow-y-auto rounded-sm border border-line bg-sheet py-1 text-sm shadow-raised"
        >
          {choices.map((choice, index) => (
            <div
              key={choice.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseDown={(event) => {
                // The text keeps the focus.
                event.preventDefault()
                pick(choice)
              }}
              className={classNames(
                'flex min-h-8 cursor-pointer items-center gap-2 px-2.5 py-1',
                index === at ? 'bg-accent-wash' : 'hover:bg-well',
              )}
            >
              {choice.iso2 ? <Flag iso2={choice.iso2} size={16} /> : null}
              <span className="min-w-0">
                <span className="font-semibold">{choice.name}</span>{' '}
                <span className="text-xs text-muted">{choice.of}</span>
              </span>
            </div>
          ))}
        </div>
      </div>
      {problem ? (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-xs font-semibold text-red">
          {problem}
        </p>
      ) : null}
      <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
        <Button
          type="button"
          size="sm"
          variant="primary"
          busy={busy}
          title={`${button} (${keyName('Mod+Enter')})`}
          onClick={() => void submit()}
        >
          {button}
        </Button>
        <Button type="button" size="sm" variant="quiet" onClick={drop}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

/** Whom the portal offers for what was typed after an `@`. */
function useChoices(document: string, query: string | null) {
  const [found, setFound] = useState<{ query: string; choices: MentionChoice[] } | null>(null)
  useEffect(() => {
    if (query === null) return setFound(null)
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const answer = await askMentions(document, query, stop.signal)
      if (!stop.signal.aborted) setFound({ query, choices: answer.ok ? answer.value : [] })
    }, ASK_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [document, query])
  const choices = found && found.query === query ? found.choices : []
  return { choices, close: () => setFound(null) }
}

export const mentionsOf = (mentions: readonly NamedMention[]) =>
  mentions.map(({ kind, id }) => ({ kind, id }))
