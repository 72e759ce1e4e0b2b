import type { LucideIcon } from 'lucide-react'
import { createContext, type ReactNode, useContext } from 'react'
import { classNames } from '../ui/class-names'
import { ariaKeys, keyName } from './keys'

/** Which button of the toolbar the Tab key stops at, and what moves it. */
export const TabStop = createContext<{ stop: string; setStop: (name: string) => void }>({
  stop: '',
  setStop: () => {},
})

/** One button of a toolbar. */
export function Tool({
  name,
  icon: Icon,
  text,
  keys,
  pressed,
  disabled = false,
  onClick,
}: {
  name: string
  icon?: LucideIcon
  /** Shown instead of an icon. */
  text?: ReactNode
  keys?: string
  pressed?: boolean
  disabled?: boolean
  onClick: () => void
}) {
  const { stop, setStop } = useContext(TabStop)
  return (
    <button
      type="button"
      aria-label={name}
      title={keys ? `${name} (${keyName(keys)})` : name}
      aria-keyshortcuts={keys ? ariaKeys(keys) : undefined}
      aria-pressed={pressed}
      // Not `disabled`: the focus would be lost when "Undo" has nothing left to undo.
      aria-disabled={disabled || undefined}
      tabIndex={stop === name ? 0 : -1}
      onFocus={() => setStop(name)}
      // The editor keeps its selection: the button takes no focus from a mouse.
      onMouseDown={(event) => event.preventDefault()}
      onClick={disabled ? undefined : onClick}
      className={classNames(
        'grid h-8 min-w-8 shrink-0 place-items-center rounded-sm text-ink focus-visible:-outline-offset-2',
        text !== undefined && 'whitespace-nowrap px-1.5 text-xs',
        disabled ? 'cursor-default opacity-40' : 'hover:bg-accent-wash',
        pressed && 'bg-accent-wash text-accent outline outline-1 -outline-offset-1 outline-accent/50',
      )}
    >
      {text ?? (Icon ? <Icon aria-hidden="true" className="size-4" /> : null)}
    </button>
  )
}

export function Group({ children }: { children: ReactNode }) {
  return (
    <div className="flex items-center gap-0.5 border-l border-rule pl-1 first:border-l-0 first:pl-0">
      {children}
    </div>
  )
}
