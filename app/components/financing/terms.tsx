import { Form } from '@remix-run/react'
import { Button, LinkButton } from '../ui/button'
import { SelectField } from '../ui/field'
import type { RefusedForm } from '../ui/use-done'
import { ActForm } from './act-form'

type Delegation = { id: string; name: string }

/** The commercial terms: a document of their own, and who reads it. */
export function Terms({
  money: { terms, hasTerms, readers, toName },
  mayBegin,
  mayName,
  actKey,
  refused,
}: {
  money: {
    terms: string | null
    hasTerms: boolean
    readers: readonly Delegation[]
    toName: readonly Delegation[]
  }
  mayBegin: boolean
  mayName: boolean
  actKey: string
  refused: RefusedForm
}) {
  return (
    <div className="space-y-3 text-sm">
      <p>
        {readers.length > 0
          ? `Read by the institution, the delegation that asks and ${readers.map(({ name }) => name).join(', ')}; by nobody else.`
          : 'Read by the institution and the delegation that asks; by nobody else.'}
      </p>
      {terms ? (
        <LinkButton to={`/documents/${terms}`} variant="primary">
          Open the terms
        </LinkButton>
      ) : hasTerms ? (
        <p className="text-muted">Restricted part: ask the delegation that leads the request.</p>
      ) : mayBegin ? (
        <Form method="post">
          <Button name="act" value="terms">
            Begin the terms
          </Button>
        </Form>
      ) : (
        <p className="text-muted">Nobody began them yet.</p>
      )}
      {mayName && toName.length > 0 ? (
        <ActForm
          id="name_reader"
          label="Let a delegation read them"
          actKey={actKey}
          refused={refused}
          hidden={{ act: 'name_reader' }}
        >
          <p>It will see the terms and all money of this institution.</p>
          <SelectField
            label="Delegation"
            name="delegationId"
            options={toName.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </ActForm>
      ) : null}
      {mayName
        ? readers.map(({ id, name }) => (
            <Form method="post" key={id}>
              <input type="hidden" name="delegationId" value={id} />
              <Button name="act" value="end_reader" size="sm" variant="danger">
                {name} reads them no longer
              </Button>
            </Form>
          ))
        : null}
    </div>
  )
}
