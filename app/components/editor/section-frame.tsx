import type { ReactNode } from 'react'
import type { WritingSection } from './writing'

/** A section of a document under its title; a text of one body has none. */
export function SectionFrame({
  section,
  number,
  head,
  children,
}: {
  section: WritingSection
  number: number
  /** Beneath the title. */
  head: ReactNode
  children: ReactNode
}) {
  if (!section.title) return children
  const titleId = `${section.fragment}-title`
  return (
    <section id={section.fragment} aria-labelledby={titleId} className="scroll-mt-24 [&+section]:mt-8">
      <h2 id={titleId} className="border-b border-rule pb-1 text-xl sm:text-2xl">
        <span className="mr-2.5 text-muted">{number}</span>
        {section.title}
      </h2>
      {head}
      {children}
    </section>
  )
}
