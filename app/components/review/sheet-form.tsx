import { Form, useFetcher, useNavigation } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { FieldProblems } from '../../domain/fault'
import {
  CRITERIA,
  MARKS,
  RECOMMENDATION_LABEL,
  RECOMMENDATIONS,
  type SheetDraft,
  TEXT_LIMITS,
} from '../../domain/review'
import type { Refused } from '../../form-action.server'
import { Button } from '../ui/button'
import { SelectField, TextArea } from '../ui/field'

const REST_MS = 1200
const AGAIN_MS = 5000

/** The sheet as it is written. What is on it is kept by itself; nobody else sees it before it is handed in. */
export function SheetForm({
  draft,
  problems,
  isAgain,
}: {
  draft: SheetDraft
  problems: FieldProblems
  /** It was handed in before. */
  isAgain: boolean
}) {
  const form = useRef<HTMLFormElement>(null)
  const fetcher = useFetcher<Refused | null>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [dirty, setDirty] = useState(false)
  const busy = useNavigation().state === 'submitting'
  useEffect(() => () => clearTimeout(timer.current), [])
  // The portal did not answer: it is tried again, until it does.
  const isLost = fetcher.state === 'idle' && fetcher.data === null
  const problem = fetcher.data?.message ?? null
  useEffect(() => {
    if (!dirty && fetcher.state === 'idle' && !isLost && problem === null) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty, fetcher.state, isLost, problem])
  const { submit } = fetcher
  const save = useCallback(() => {
    if (!form.current) return
    const values = new FormData(form.current)
    values.set('act', 'save')
    submit(values, { method: 'post' })
    setDirty(false)
  }, [submit])
  useEffect(() => {
    if (!isLost) return
    const again = setTimeout(save, AGAIN_MS)
    return () => clearTimeout(again)
  }, [isLost, save])

  function changed() {
    setDirty(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(save, REST_MS)
  }
  const state =
    dirty || fetcher.state !== 'idle'
      ? 'Saving…'
      : isLost
        ? 'Not saved yet: the portal does not answer. It is tried again.'
        : (problem ?? (fetcher.data ? 'Draft saved' : ''))

  return (
    <Form
      ref={form}
      method="post"
      onChange={changed}
      onSubmit={() => clearTimeout(timer.current)}
      className="max-w-prose"
    >
      <div className="space-y-6">
        {CRITERIA.map(({ id, label, weight, hint }) => (
          <fieldset key={id} className="border-t border-rule pt-3">
            <legend className="float-left mb-1 w-full font-semibold">
              {label} <span className="font-normal text-muted">{weight} %</span>
            </legend>
            <p className="clear-both text-xs text-muted">{hint}</p>
            <div className="my-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
              {Object.entries(MARKS).map(([mark, words]) => (
                <label key={mark} className="inline-flex min-h-7 items-center gap-1.5">
                  <input
                    type="radio"
                    name={`mark.${id}`}
                    value={mark}
                    defaultChecked={draft[`mark.${id}`] === mark}
                    className="size-4 accent-accent"
                  />
                  {mark} <span className="text-muted">{words}</span>
                </label>
              ))}
              <label className="inline-flex min-h-7 items-center gap-1.5">
                <input
                  type="radio"
                  name={`mark.${id}`}
                  value="na"
                  defaultChecked={draft[`mark.${id}`] === 'na'}
                  className="size-4 accent-accent"
                />
                does not apply
              </label>
            </div>
            {problems[`mark.${id}`]?.map((problem) => (
              <p key={problem} className="mb-1 text-xs font-semibold text-red">
                {problem}
              </p>
            ))}
            <TextArea
              label={`Reason: ${label}`}
              name={`reason.${id}`}
              rows={3}
              maxLength={TEXT_LIMITS.reason}
              defaultValue={draft[`reason.${id}`] ?? ''}
              error={problems[`reason.${id}`]}
            />
          </fieldset>
        ))}
        <SelectField
          label="What you recommend"
          name="recommendation"
          defaultValue={draft.recommendation ?? ''}
          error={problems.recommendation}
          options={[
            { value: '', label: 'Choose' },
            ...RECOMMENDATIONS.map((value) => ({ value, label: RECOMMENDATION_LABEL[value] })),
          ]}
        />
        <TextArea
          label="To the authors"
          name="noteToApplicant"
          rows={5}
          maxLength={TEXT_LIMITS.note}
          hint="Goes to them with the decision, without your name."
          defaultValue={draft.noteToApplicant ?? ''}
          error={problems.noteToApplicant}
        />
        <TextArea
          label="To the secretariat only"
          name="noteToSecretariat"
          rows={3}
          maxLength={TEXT_LIMITS.note}
          defaultValue={draft.noteToSecretariat ?? ''}
          error={problems.noteToSecretariat}
        />
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button name="act" value="hand_in" variant="primary" busy={busy}>
          {isAgain ? 'Hand in this change' : 'Hand in'}
        </Button>
        <span role="status" className="text-sm text-muted">
          {state}
        </span>
      </div>
    </Form>
  )
}
