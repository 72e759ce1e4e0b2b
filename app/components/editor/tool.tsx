import type { LucideIcon } from 'lucide-react'
import { classNames } from '../ui/class-names'

/** One button of the toolbar. */
export function Tool({
  name,
  icon: Icon,
  keys,
  pressed,
  disabled,
  first = false,
  onClick,
}: {
  name: string
  icon: LucideIcon
  keys?: string
  pressed?: boolean
  disabled: boolean
  first?: boolean
  onClick: () => void
}) {
  return (
    <button
      type="button"
      aria-label={name}
      title={keys ? `${name} (${keys})` : name}
      aria-pressed={pressed}
      disabled={disabled}
      tabIndex={first || disabled ? undefined : -1}
      // The editor keeps its selection: the button takes no focus from a mouse.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
      className={classNames(
        'grid size-8 shrink-0 place-items-center rounded-sm text-ink hover:bg-accent-wash disabled:opacity-40',
        pressed && 'bg-accent-wash text-accent outline outline-1 -outline-offset-1 outline-accent/50',
      )}
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  )
}
