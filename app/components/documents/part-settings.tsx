import { Form } from '@remix-run/react'
import { PART_AUDIENCES, PART_KINDS, PART_LABEL, type PartAudience } from '../../domain/part-rights'
import { Button } from '../ui/button'
import { SelectField } from '../ui/field'
import { Section } from '../ui/page'

/** Starts a part with readers of its own. `taken`: kinds that there are already. */
export function NewPart({ taken, error }: { taken: readonly string[]; error?: readonly string[] }) {
  const left = PART_KINDS.filter((kind) => !taken.includes(kind))
  return (
    <Section title="Restricted parts" className="mt-8">
      <p className="mb-3 max-w-prose text-sm">
        A part with readers of its own, as commercial terms. Until you name others only your delegation opens
        it; everybody else who reads the text sees its name and whom to ask, and nothing more.
      </p>
      {left.length > 0 ? (
        <Form method="post" className="flex flex-wrap items-start gap-3">
          <input type="hidden" name="act" value="part" />
          <SelectField
            key={left.length}
            className="min-w-64 flex-1"
            label="What it is about"
            name="part"
            options={left.map((kind) => ({ value: kind, label: PART_LABEL[kind] }))}
            hint="Those who may not read it see this name."
            error={error}
          />
          <Button className="mt-6.5">Start the part</Button>
        </Form>
      ) : (
        <p className="text-sm text-muted">There is a part of every kind.</p>
      )}
    </Section>
  )
}

const AUDIENCE: Record<PartAudience, { label: string; hint: string }> = {
  coordinators: {
    label: 'Coordinators of the secretariat',
    hint: 'Once the proposal is submitted; never a draft.',
  },
  reviewers: {
    label: 'Reviewers of the proposal',
    hint: 'As it was frozen with the version they review. Their names are not told.',
  },
}

/** Who reads a part besides delegations. */
export const PartAudiences = ({ audiences }: { audiences: readonly PartAudience[] }) => (
  <Section title="Who else reads it" className="mt-8">
    <Form method="post">
      <input type="hidden" name="act" value="audiences" />
      <fieldset className="mb-3">
        <legend className="sr-only">Readers besides delegations</legend>
        {PART_AUDIENCES.map((audience) => (
          <label key={audience} className="flex min-h-9 items-start gap-2 py-1 text-sm">
            <input
              type="checkbox"
              name="audience"
              value={audience}
              defaultChecked={audiences.includes(audience)}
              className="mt-0.5 size-4"
            />
            <span>
              {AUDIENCE[audience].label}
              <span className="block text-xs text-muted">{AUDIENCE[audience].hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Button>Keep</Button>
    </Form>
  </Section>
)
