/** Widths of a table's columns by keyboard and menu, as dragging their edges sets them. */
import { selectedRect } from '@tiptap/pm/tables'
import type { Editor } from '@tiptap/react'

const LEAST = 48
const MOST = 1200
/** Of a column whose width was never set, and which cannot be measured. */
const UNSET = 120

/** Makes the columns of the selection wider or narrower by so many pixels. */
export function changeColumnWidth(editor: Editor, by: number): void {
  const { state, view } = editor
  const { map, table, tableStart, left, right } = selectedRect(state)
  const { tr } = state
  const done = new Set<number>()
  for (let column = left; column < right; column++) {
    for (let row = 0; row < map.height; row++) {
      const offset = map.map[row * map.width + column]
      if (offset === undefined || done.has(offset)) continue
      done.add(offset)
      const cell = table.nodeAt(offset)
      if (!cell) continue
      const measured = view.nodeDOM(tableStart + offset)
      const span = Number(cell.attrs.colspan) || 1
      const width = measured instanceof HTMLElement ? measured.offsetWidth / span : UNSET
      const held: readonly number[] = Array.isArray(cell.attrs.colwidth) ? cell.attrs.colwidth : []
      const colwidth = Array.from({ length: span }, (_, index) =>
        Math.round(Math.max(LEAST, Math.min(MOST, (held[index] || width) + by))),
      )
      tr.setNodeMarkup(tableStart + offset, null, { ...cell.attrs, colwidth })
    }
  }
  if (tr.docChanged) view.dispatch(tr)
}
