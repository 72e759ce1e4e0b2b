import { type ReactNode, useState } from 'react'
import type { SessionActInput } from '../../domain/session/acts'
import { Button, type ButtonSize, type ButtonVariant } from '../ui/button'
import { useRoomView } from './room-context'

/**
 * Asks for an act. Not shown to whoever may never do it; where it cannot be done now, it says why on hover and focus,
 * and to screen readers.
 */
export function ActButton({
  act,
  children,
  variant,
  size = 'sm',
  always = false,
  onDone,
  className,
}: {
  act: SessionActInput
  children: ReactNode
  variant?: ButtonVariant
  size?: ButtonSize
  /** Shown also while it cannot be done. */
  always?: boolean
  onDone?: () => void
  className?: string
}) {
  const { ask, refusal } = useRoomView()
  const [busy, setBusy] = useState(false)
  const why = refusal(act)
  if (why !== null && !always) return null
  const press = async () => {
    setBusy(true)
    const answer = await ask(act)
    setBusy(false)
    if (answer.ok) onDone?.()
  }
  return (
    <Button
      type="button"
      variant={variant}
      size={size}
      busy={busy}
      title={why ?? undefined}
      aria-disabled={why !== null || undefined}
      className={why === null ? className : `${className ?? ''} opacity-60`}
      onClick={why === null ? () => void press() : undefined}
    >
      {children}
    </Button>
  )
}
