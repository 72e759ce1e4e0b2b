import { type ReactNode, useId } from 'react'
import { classNames } from './class-names'

/** The column of a page. `narrow` for forms and texts; `broad` takes more of a large screen, for what is seen at once. */
export function Page({
  narrow = false,
  broad = false,
  children,
}: {
  narrow?: boolean
  broad?: boolean
  children: ReactNode
}) {
  return (
    <div
      className={classNames(
        'mx-auto w-full px-4 pb-16 pt-6 sm:px-6',
        narrow ? 'max-w-2xl' : 'max-w-page',
        broad && '2xl:max-w-[116rem]',
      )}
    >
      {children}
    </div>
  )
}

/**
 * A page's title. `eyebrow` says where it belongs (a word or a link), `actions` stand to its right,
 * children beneath it: badges, a line of facts.
 */
export function PageHeader({
  title,
  eyebrow,
  actions,
  children,
}: {
  title: ReactNode
  eyebrow?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  return (
    <header className="mb-6 border-b-2 border-ink/80 pb-3 [border-bottom-style:double] [border-bottom-width:4px]">
      {eyebrow ? <p className="small-caps mb-1 text-muted">{eyebrow}</p> : null}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 text-2xl sm:text-3xl">{title}</h1>
        {actions ? <div className="no-print flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children ? (
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted">
          {children}
        </div>
      ) : null}
    </header>
  )
}

/** A titled part of a page: a region of its own for screen readers. `level` 3 for parts of a part. */
export function Section({
  title,
  note,
  actions,
  level = 2,
  id,
  className,
  children,
}: {
  title: ReactNode
  /** Beside the title: a count, a remark. */
  note?: ReactNode
  actions?: ReactNode
  level?: 2 | 3
  id?: string
  className?: string
  children: ReactNode
}) {
  const made = useId()
  const titleId = id ? `${id}-title` : made
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section aria-labelledby={titleId} id={id} className={classNames('mb-8 min-w-0', className)}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <Heading id={titleId} className={level === 2 ? 'text-xl' : 'text-lg'}>
          {title}
          {note ? <span className="ml-2 font-sans text-sm font-normal text-muted">{note}</span> : null}
        </Heading>
        {actions ? <div className="no-print flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  )
}

/** Facts as terms and values: `<Facts><Fact term="ISO code">…</Fact></Facts>`. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl
      className={classNames(
        'grid grid-cols-1 border-t border-rule bg-sheet text-sm sm:grid-cols-[minmax(9rem,max-content)_1fr]',
        className,
      )}
    >
      {children}
    </dl>
  )
}

export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="col-span-full grid grid-cols-subgrid gap-x-6 border-b border-rule px-3 py-1.5">
      <dt className="col-span-full text-muted sm:col-span-1">{term}</dt>
      <dd className="col-span-full min-w-0 sm:col-span-1">{children}</dd>
    </div>
  )
}
