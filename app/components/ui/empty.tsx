import type { ReactNode } from 'react'

/** Where a list has nothing: says so, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="border border-dashed border-line bg-sheet px-4 py-5 text-sm">
      <p className="font-serif text-lg font-semibold">{title}</p>
      {children ? <div className="mt-1 max-w-prose space-y-2 text-muted">{children}</div> : null}
    </div>
  )
}
