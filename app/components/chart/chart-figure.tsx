import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '../ui/button'
import { Table, Td, Th } from '../ui/table'
import { useWidth } from '../ui/use-width'
import { takeCsv, takePng, takeSvg } from './export'

type Cell = string | number | null

/** The width that the server draws for. */
const FIRST_WIDTH = 720

/**
 * A chart that can be read as a table and taken along. Children draw for a width in pixels: one `<svg>`. Table and
 * files hold the same `rows`; `words` says how a number is shown in the table (the file has it plain).
 */
export function ChartFigure({
  title,
  name,
  head,
  rows,
  words = String,
  summary,
  notes,
  children,
}: {
  title: string
  /** Of the files. */
  name: string
  head: readonly string[]
  rows: readonly (readonly Cell[])[]
  words?: (value: number, column: number) => string
  /** What it shows, in a sentence or two. */
  summary?: ReactNode
  /** Source, basis and date: beneath the chart and in its files. */
  notes: readonly string[]
  children: (width: number) => ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, FIRST_WIDTH)
  const [asTable, setAsTable] = useState(false)
  const [failed, setFailed] = useState(false)
  const titleId = useId()
  const file = `forge-${name}`
  const take = (how: typeof takeSvg | typeof takePng) => async () => {
    const svg = box.current?.querySelector('svg')
    if (!svg) return
    try {
      await how(svg, { name: file, title, notes })
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  return (
    <figure aria-labelledby={titleId} className="mb-6 min-w-0 border border-line bg-sheet">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-rule px-3 py-2">
        <figcaption id={titleId} className="font-serif text-lg font-semibold">
          {title}
        </figcaption>
        <div className="no-print flex flex-wrap gap-1.5">
          <Button type="button" size="sm" aria-pressed={asTable} onClick={() => setAsTable((now) => !now)}>
            {asTable ? 'As chart' : 'As table'}
          </Button>
          <Button type="button" size="sm" variant="quiet" onClick={() => takeCsv(file, head, rows)}>
            CSV
          </Button>
          {asTable ? null : (
            <>
              <Button type="button" size="sm" variant="quiet" onClick={take(takeSvg)}>
                SVG
              </Button>
              <Button type="button" size="sm" variant="quiet" onClick={take(takePng)}>
                PNG
              </Button>
            </>
          )}
        </div>
      </div>
      {summary ? <div className="px-3 pt-2 text-sm">{summary}</div> : null}
      {failed ? (
        <p role="alert" className="px-3 pt-2 text-sm text-red">
          This browser could not make the picture. The table can be taken as CSV.
        </p>
      ) : null}
      <div ref={box} className={asTable ? 'hidden' : 'mx-3 my-2'}>
        {children(width)}
      </div>
      {asTable ? (
        <Table caption={title}>
          <thead>
            <tr>
              {head.map((label, column) => (
                <Th key={label} numeric={typeof rows[0]?.[column] === 'number'}>
                  {label}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell, column) =>
                  column === 0 ? (
                    <Th scope="row" key={head[column]}>
                      {cell}
                    </Th>
                  ) : (
                    <Td key={head[column]} numeric={typeof cell === 'number'}>
                      {typeof cell === 'number' ? words(cell, column) : cell}
                    </Td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      <div className="space-y-0.5 border-t border-rule px-3 py-1.5 text-2xs text-muted [overflow-wrap:anywhere]">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </figure>
  )
}
