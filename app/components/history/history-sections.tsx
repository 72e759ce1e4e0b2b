import type { ReactNode } from 'react'
import type { HistoryNode, HistorySection } from '../../domain/history'
import { HistoryText } from './history-text'
import type { Show } from './shown'

const changed = (nodes: readonly HistoryNode[] = []): boolean =>
  nodes.some((node) => node.change !== undefined || changed(node.content))

const isEmpty = (nodes: readonly HistoryNode[] = []): boolean =>
  nodes.every((node) => !node.text && node.type !== 'image' && isEmpty(node.content))

/** The text by section. Where changes are shown, a section without one is closed. `beside`: what stands with a section. */
export function HistorySections({
  sections,
  show,
  idPrefix = '',
  beside,
}: {
  sections: readonly HistorySection[]
  show: Show
  /** Before the ids of the titles, where those are taken. */
  idPrefix?: string
  beside?: (fragment: string) => ReactNode
}) {
  return (
    <div className="document-sheet">
      {sections.map(({ fragment, title, blocks }, index) => {
        const same = show === 'changes' && !changed(blocks)
        const text =
          isEmpty(blocks) && !changed(blocks) ? (
            <p className="text-sm text-muted">Nothing is written here.</p>
          ) : (
            <HistoryText blocks={blocks} />
          )
        const body =
          same && !isEmpty(blocks) ? (
            <details>
              <summary className="text-sm text-muted">No changes: show the text</summary>
              {text}
            </details>
          ) : (
            text
          )
        if (title === null) return <div key={fragment}>{body}</div>
        return (
          <section
            key={fragment}
            aria-labelledby={`${idPrefix}${fragment}-title`}
            className="[&+section]:mt-7"
          >
            <h2 id={`${idPrefix}${fragment}-title`} className="mb-2 border-b border-rule pb-1 text-xl">
              <span className="mr-2.5 text-muted">{index + 1}</span>
              {title}
            </h2>
            {body}
            {beside?.(fragment)}
          </section>
        )
      })}
    </div>
  )
}
