import { useState } from 'react'
import type { SessionActInput } from '../../domain/session/acts'
import { Button, type ButtonVariant } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextArea } from '../ui/field'
import { useRoomView } from './room-context'

/** A button that asks for a text before its act: why, what, on which terms. Not shown where the act is refused. */
export function ReasonForm({
  trigger,
  title,
  label,
  hint,
  act,
  variant,
  rows = 3,
  confirm,
  value = '',
}: {
  trigger: string
  title: string
  label: string
  hint?: string
  act: (text: string) => SessionActInput
  variant?: ButtonVariant
  rows?: number
  confirm?: string
  value?: string
}) {
  const { ask, refusal } = useRoomView()
  const [open, setOpen] = useState(false)
  if (!open && refusal(act('a reason that is long enough')) !== null) return null
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant={variant}>
          {trigger}
        </Button>
      }
      title={title}
    >
      <form
        className="space-y-3"
        onSubmit={async (event) => {
          event.preventDefault()
          const text = String(new FormData(event.currentTarget).get('text') ?? '')
          if ((await ask(act(text))).ok) setOpen(false)
        }}
      >
        <TextArea
          label={label}
          name="text"
          hint={hint}
          rows={rows}
          required
          minLength={3}
          maxLength={4000}
          defaultValue={value}
          data-autofocus
        />
        <Button variant={variant ?? 'primary'}>{confirm ?? trigger}</Button>
      </form>
    </Dialog>
  )
}
