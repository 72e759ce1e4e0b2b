import { Form, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { FieldProblems } from '../../domain/fault'
import { CONSENT_ACT_LABEL, type ConsentAct } from '../../domain/host-consent'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextArea, TextField } from '../ui/field'
import { Section } from '../ui/page'

type Shared = {
  isRecorded: boolean
  /** Makes a form that is sent twice one. */
  formKey: string
  /** What was sent and refused, with its act. */
  sent: Readonly<Record<string, string>>
  problems: FieldProblems
}

/** The host's answer, by its head; or by a coordinator, who records what the host says in writing. */
export function ConsentAnswer({
  may,
  host,
  ...shared
}: Shared & {
  may: readonly ConsentAct[]
  host: string
}) {
  const { isRecorded, sent } = shared
  return (
    <Section title={isRecorded ? `Record what ${host} answers` : 'Your answer'}>
      <p className="mb-3 max-w-prose text-sm text-muted">
        {isRecorded
          ? `Nobody is head of a delegation of ${host} in the portal. Record its letter as it came.`
          : 'It stands under your name, with its date; the authors and the secretariat are told.'}
      </p>
      {may.includes('give') ? (
        <Answer act="give" {...shared} hint="Conditions, where there are any." />
      ) : null}
      {may.includes('withdraw') ? (
        <Answer act="withdraw" {...shared} hint="The authors read the reason." />
      ) : null}
      {may.includes('refuse') ? (
        <div className="mt-4">
          <Dialog
            trigger={<Button variant="danger">{CONSENT_ACT_LABEL.refuse.act} …</Button>}
            title={`Refuse the consent of ${host}?`}
          >
            <Answer act="refuse" {...shared} hint="The authors and the secretariat read it.">
              <p className="text-sm">
                It stops the case: it cannot be endorsed any more. This cannot be undone.
              </p>
            </Answer>
          </Dialog>
          {sent.act === 'refuse' && shared.problems.statement ? (
            <p className="mt-1 text-xs font-semibold text-red">{shared.problems.statement.join(' ')}</p>
          ) : null}
        </div>
      ) : null}
    </Section>
  )
}

function Answer({
  act,
  isRecorded,
  formKey,
  sent,
  problems,
  hint,
  children,
}: Shared & { act: ConsentAct; hint: string; children?: ReactNode }) {
  const busy = useNavigation().state === 'submitting'
  const mine = sent.act === act
  const field = (name: string) => ({
    name,
    defaultValue: mine ? sent[name] : undefined,
    error: mine ? problems[name] : undefined,
  })
  return (
    <Form method="post" className="max-w-prose space-y-3">
      {children}
      <input type="hidden" name="key" value={formKey} />
      {isRecorded ? (
        <>
          <TextField label="Signed by" hint="Name and office" {...field('signedBy')} />
          <TextField label="Letter" hint="Its number, or its title and date" {...field('reference')} />
        </>
      ) : null}
      <TextArea
        label={act === 'give' ? 'Statement' : 'Why'}
        rows={4}
        maxLength={4000}
        hint={hint}
        {...field('statement')}
      />
      <Button name="act" value={act} variant={act === 'give' ? 'primary' : 'danger'} busy={busy}>
        {CONSENT_ACT_LABEL[act].act}
      </Button>
    </Form>
  )
}
