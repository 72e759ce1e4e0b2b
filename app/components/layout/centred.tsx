import type { ReactNode } from 'react'
import { Mark } from './mark'

/** A page without the portal's navigation: signing in and what leads there. */
export function Centred({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto grid w-full max-w-4xl gap-x-12 gap-y-6 px-4 py-10 sm:px-6 md:grid-cols-[1fr_22rem] md:py-20">
      <div className="md:pt-2">
        <Mark />
        <p className="mt-6 max-w-prose font-serif text-xl leading-snug text-ink">
          The Forum on Resource Geostrategic Engagement
        </p>
        <p className="mt-3 max-w-prose text-sm text-muted">
          Where delegations of partner countries write critical-mineral projects together, and follow what was
          agreed. For invited delegations and the secretariat.
        </p>
      </div>
      <div className="border border-line border-t-4 border-t-accent bg-sheet p-5">
        <h1 className="text-2xl">{title}</h1>
        {lead ? <div className="mt-2 text-sm text-muted">{lead}</div> : null}
        <div className="mt-5">{children}</div>
      </div>
    </div>
  )
}
