import type { HistorySection } from '../../domain/history'
import { HistorySections } from '../history/history-sections'
import { Section } from '../ui/page'
import { type Ask, askWords } from './restricted-parts'

/** What was frozen of the restricted parts with a version: the text for those who may read it, for others whom to ask. */
export function FrozenParts({
  parts,
  ask,
}: {
  parts: readonly {
    kind: string
    label: string
    sha256: string | null
    sections: readonly HistorySection[] | null
  }[]
  ask: Ask | null
}) {
  return parts.map(({ kind, label, sha256, sections }) => (
    <Section key={kind} title={label} className="mt-8">
      {sections ? (
        <>
          <p className="mb-2 text-xs text-muted">
            Restricted part, frozen with this version. SHA-256 <code className="break-all">{sha256}</code>
          </p>
          <HistorySections sections={sections} show="text" />
        </>
      ) : (
        <p className="text-sm text-muted">{ask ? askWords(ask) : null}</p>
      )}
    </Section>
  ))
}
