import writeXlsx from 'write-excel-file/node'
import { csvOf } from './domain/csv'

type Cell = string | number | null
type Sheet = { name: string; head: readonly string[]; rows: readonly (readonly Cell[])[] }

/** A table as a file for a spreadsheet, `.csv` or `.xlsx`, as an HTTP answer with the day in its name. */
export async function tableFile({ name, head, rows }: Sheet, format: 'csv' | 'xlsx'): Promise<Response> {
  const file = `forge-${name}-${new Date().toISOString().slice(0, 10)}.${format}`
  const headers = {
    'Content-Disposition': `attachment; filename="${file}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
  if (format === 'csv')
    return new Response(csvOf(head, rows), {
      headers: { ...headers, 'Content-Type': 'text/csv; charset=utf-8' },
    })
  const bytes = await writeXlsx([
    head.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map((value) => (value === null ? null : { value }))),
  ]).toBuffer()
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...headers,
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
  })
}
