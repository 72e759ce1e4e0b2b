/** Reads a file of comma-separated values (RFC 4180), with or without the mark of UTF-8, lines ended any way. */

/** A row with the line of the file that it begins on, counted from 1. */
export type CsvRow = { line: number; cells: string[] }

/**
 * In: the file's text. Out: its rows; empty lines are left out. Semicolons part the cells where the first line has
 * them and no comma, as spreadsheets of many countries write. A quote that is never closed takes the rest of the file.
 */
export function readCsv(text: string): CsvRow[] {
  const source = text.replace(/^\uFEFF/, '')
  const first = source.split(/\r?\n/, 1)[0] ?? ''
  const comma = first.includes(';') && !first.includes(',') ? ';' : ','
  const rows: CsvRow[] = []
  let line = 1
  let row: CsvRow = { line, cells: [] }
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.cells.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.cells.some((one) => one.trim() !== '')) rows.push(row)
  }
  for (let at = 0; at < source.length; at++) {
    const letter = source[at]
    const isBreak = letter === '\n' || (letter === '\r' && source[at + 1] !== '\n')
    if (isBreak) line++
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (source[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (letter === '"' && cell === '') quoted = true
    else if (letter === comma) endCell()
    else if (isBreak) {
      endRow()
      row = { line, cells: [] }
    } else if (letter !== '\r') cell += letter
  }
  endRow()
  return rows
}
