import { Form } from '@remix-run/react'
import type { FieldProblems } from '../../domain/fault'
import { CONFLICT_KINDS, CONFLICT_LABEL, type ConflictKind, type InterestHow } from '../../domain/review'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { SelectField, TextArea } from '../ui/field'
import { Section } from '../ui/page'

export type Interest = { id: string; kind: ConflictKind; how: InterestHow; text: string; at: Date | string }

/** A reviewer's interests that are no ground to step back, and the form to declare one. */
export function Interests({
  interests,
  formKey,
  sent,
  problems,
}: {
  interests: readonly Interest[]
  /** Makes a form that is sent twice one; null for those who may not declare. */
  formKey: string | null
  sent: Readonly<Record<string, string>>
  problems: FieldProblems
}) {
  return (
    <Section title="Interests disclosed" note={interests.length || null}>
      {interests.length ? (
        <ul className="mb-4 divide-y divide-rule border-y border-rule">
          {interests.map(({ id, kind, how, text, at }) => (
            <li key={id} className="py-2 text-sm">
              <p className="text-xs text-muted">
                {how === 'declared' ? `Declared: ${CONFLICT_LABEL[kind]}` : 'Found by the portal when asked'}{' '}
                · <Moment at={at} />
              </p>
              <p className="whitespace-pre-wrap">{text}</p>
            </li>
          ))}
        </ul>
      ) : null}
      {formKey ? (
        <details open={Object.keys(problems).length > 0}>
          <summary className="cursor-pointer text-sm text-accent">Disclose an interest</summary>
          <Form key={formKey} method="post" className="mt-3 max-w-prose space-y-3">
            <p className="text-sm text-muted">
              The secretariat reads it beside your review, which goes on. It cannot be taken back.
            </p>
            <input type="hidden" name="key" value={formKey} />
            <SelectField
              label="Kind of interest"
              name="kind"
              defaultValue={sent.kind ?? 'personal'}
              options={CONFLICT_KINDS.map((value) => ({ value, label: CONFLICT_LABEL[value] }))}
              error={problems.kind}
            />
            <TextArea label="What it is" name="reason" defaultValue={sent.reason} error={problems.reason} />
            <Button name="act" value="disclose">
              Disclose it
            </Button>
          </Form>
        </details>
      ) : null}
    </Section>
  )
}
