import { type KeyboardEvent, type ReactNode, type RefObject, useMemo, useState } from 'react'
import { classNames } from '../ui/class-names'
import { TabStop } from './tool'

/** Tools in a row: one stop of the Tab key, arrows move within, Escape goes back to the text. `first` has the stop at first. */
export function ToolRow({
  bar,
  first,
  label = 'Formatting',
  onEscape,
  className,
  children,
}: {
  bar: RefObject<HTMLDivElement>
  first: string
  label?: string
  onEscape: () => void
  className?: string
  children: ReactNode
}) {
  const [chosen, setStop] = useState(first)
  // A button that is gone (those of a table) leaves its stop to the first.
  const stop = bar.current?.querySelector(`button[aria-label="${CSS.escape(chosen)}"]`) ? chosen : first
  const tabStop = useMemo(() => ({ stop, setStop }), [stop])

  function steer(event: KeyboardEvent) {
    if (event.key === 'Escape') return onEscape()
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button.matches(':focus'))
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (next === undefined || at < 0) return
    event.preventDefault()
    buttons[(next + buttons.length) % buttons.length]?.focus()
  }

  return (
    <TabStop.Provider value={tabStop}>
      <div
        ref={bar}
        role="toolbar"
        aria-label={label}
        onKeyDown={steer}
        className={classNames(
          'relative flex min-w-0 items-center gap-1 overflow-x-auto py-1 [scrollbar-width:thin]',
          // On a phone more of it lies beyond the edge, and fades out there.
          'max-lg:pr-8 max-lg:[mask-image:linear-gradient(to_right,#000_calc(100%-2rem),transparent)]',
          className,
        )}
      >
        {children}
      </div>
    </TabStop.Provider>
  )
}
