import { type ComponentPropsWithoutRef, type ReactNode, useEffect, useRef, useState } from 'react'
import { classNames } from './class-names'

/** Whether what is in the box is wider than the box, now. */
function useScrolls() {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { box, scrolls }
}

/**
 * A dense table on hairlines. `caption` names it for screen readers. Where the window is narrower than the
 * table, the table scrolls in its own box, never the page; only then is the box a stop of the keyboard. With
 * `stack`, a phone shows each row as an entry instead, its cells one below the other, named by `Td`'s `label`.
 */
export function Table({
  caption,
  stack = false,
  children,
  className,
  ...rest
}: ComponentPropsWithoutRef<'table'> & { caption: ReactNode; stack?: boolean }) {
  const { box, scrolls } = useScrolls()
  return (
    <div
      ref={box}
      {...(scrolls
        ? { role: 'group', tabIndex: 0, 'aria-label': typeof caption === 'string' ? caption : 'Table' }
        : {})}
      className="relative overflow-x-auto border-y border-ink/60 bg-sheet"
    >
      <table
        className={classNames('w-full border-collapse text-left text-sm', stack && 'stack-narrow', className)}
        {...rest}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

type CellProps = { numeric?: boolean }

export function Th({
  numeric,
  scope = 'col',
  className,
  ...rest
}: ComponentPropsWithoutRef<'th'> & CellProps) {
  return (
    <th
      scope={scope}
      className={classNames(
        scope === 'col'
          ? 'small-caps border-b border-rule bg-well px-3 py-1.5 align-bottom text-muted'
          : 'border-b border-rule px-3 py-1.5 align-top font-normal [tr:last-child>&]:border-b-0',
        numeric && 'text-right',
        className,
      )}
      {...rest}
    />
  )
}

/** `blank`: it says only that there is nothing; an entry on a phone goes without it. */
export function Td({
  numeric,
  label,
  blank = false,
  className,
  ...rest
}: ComponentPropsWithoutRef<'td'> & CellProps & { label?: string; blank?: boolean }) {
  return (
    <td
      data-label={label}
      data-blank={blank || undefined}
      className={classNames(
        'border-b border-rule px-3 py-1.5 align-top [tr:last-child>&]:border-b-0',
        numeric && 'whitespace-nowrap text-right',
        className,
      )}
      {...rest}
    />
  )
}
