import { useState } from 'react'
import {
  BASE_LABEL,
  BASES,
  MAJORITIES,
  MAJORITY_LABEL,
  METHOD_LABEL,
  METHODS,
  type Motion,
} from '../../domain/session/model'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { SelectField } from '../ui/field'
import { useRoomView } from './room-context'

const oneOf = <T extends string>(values: readonly T[], value: unknown): T =>
  values.find((one) => one === value) ?? (values[0] as T)

/** Opens a vote: how it is taken and what is needed, as the group's rules say unless the chair chooses otherwise. */
export function OpenVote({ motion }: { motion: Motion }) {
  const { ask, refusal, state } = useRoomView()
  const [open, setOpen] = useState(false)
  const { majority, base } = state.rules
  const why = refusal({ act: 'open_vote', motionId: motion.id, method: 'roll_call', majority, base })
  if (why !== null && !open) return null
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="secondary">
          Open a vote
        </Button>
      }
      title={motion.amends ? 'Vote on the amendment' : `Vote on “${motion.title}”`}
    >
      <form
        className="space-y-3"
        onSubmit={async (event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const answer = await ask({
            ...{ act: 'open_vote', motionId: motion.id, method: oneOf(METHODS, form.get('method')) },
            ...{ majority: oneOf(MAJORITIES, form.get('majority')), base: oneOf(BASES, form.get('base')) },
          })
          if (answer.ok) setOpen(false)
        }}
      >
        <SelectField
          label="How"
          name="method"
          options={METHODS.map((value) => ({ value, label: METHOD_LABEL[value] }))}
          data-autofocus
          hint="A secret ballot shows counts only. Papers are given out first; then you open the box."
        />
        <SelectField
          label="Majority"
          name="majority"
          defaultValue={majority}
          options={MAJORITIES.map((value) => ({ value, label: MAJORITY_LABEL[value] }))}
        />
        <SelectField
          label="Of whom"
          name="base"
          defaultValue={base}
          options={BASES.map((value) => ({ value, label: BASE_LABEL[value] }))}
        />
        <Button variant="primary">Open the vote</Button>
      </form>
    </Dialog>
  )
}
