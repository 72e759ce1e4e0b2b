import { Fragment } from 'react'
import type { Note } from './contents'

/** The footnotes of a section, beneath its text; `first`: the number of the first one. */
export function SectionNotes({
  notes,
  first,
  title,
  onGo,
}: {
  notes: readonly Note[]
  first: number
  title: string
  onGo: (pos: number) => void
}) {
  if (notes.length === 0) return null
  return (
    <ol
      aria-label={`Footnotes of ${title}`}
      start={first}
      className="mt-4 list-decimal space-y-0.5 border-t border-rule pt-2 pl-6 text-xs text-muted"
    >
      {notes.map(({ pos, text }, index) => (
        <li key={pos}>
          {linked(text)}{' '}
          <button
            type="button"
            className="no-print link"
            aria-label={`To footnote ${first + index} in the text`}
            onClick={() => onGo(pos)}
          >
            ↑
          </button>
        </li>
      ))}
    </ol>
  )
}

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/

/** Addresses in a source can be followed. */
const linked = (text: string) =>
  text.split(ADDRESS).map((piece, index) => {
    const key = `${index} ${piece}`
    return index % 2 === 1 ? (
      <a key={key} href={piece} className="link break-all" target="_blank" rel="noreferrer noopener">
        {piece}
      </a>
    ) : (
      <Fragment key={key}>{piece}</Fragment>
    )
  })
