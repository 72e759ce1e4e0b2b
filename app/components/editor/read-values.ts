/** From what people type to what the document keeps. What cannot be read is kept as it was typed, and told. Pure. */

/** Spaces and marks between thousands are how people write numbers; the value has none. */
export const readDecimal = (text: string): string =>
  /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)
    ? text.replaceAll(',', '')
    : text.replace(/[\s\u00a0\u202f'’]/g, '').replace(/^(\d+),(\d{1,4})$/, '$1.$2')

export const readYear = (text: string): number | string => (/^\d{4}$/.test(text) ? Number(text) : text)

/** A whole number of at most three digits. */
export const readWhole = (text: string): number | string => (/^\d{1,3}$/.test(text) ? Number(text) : text)

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthOf = (year: string, month: number) => `${year}-${String(month).padStart(2, '0')}`

/** A month as people write it (2028-6, 06/2028, June 2028) → 2028-06. */
export function readMonth(text: string): string {
  const [, year, month] =
    /^(\d{4})\s*[-/. ]\s*(\d{1,2})$/.exec(text) ??
    /^(\d{1,2})\s*[-/. ]\s*(\d{4})$/.exec(text)?.map(swap) ??
    []
  if (year && month) return Number(month) >= 1 && Number(month) <= 12 ? monthOf(year, Number(month)) : text
  const words = /^([a-z]{3,9})\.?,?\s+(\d{4})$/i.exec(text) ?? /^(\d{4}),?\s+([a-z]{3,9})\.?$/i.exec(text)
  const name = words?.find((part) => /^[a-z]+$/i.test(part))
  const of = words?.find((part) => /^\d{4}$/.test(part))
  const index = name ? MONTHS.indexOf(name.slice(0, 3).toLowerCase()) : -1
  return of && index >= 0 ? monthOf(of, index + 1) : text
}

const swap = (_part: string, index: number, all: readonly string[]) => all[index === 0 ? 0 : 3 - index] ?? ''

/** Degrees as people write them (-4,35 or 4.35 S) → a number, null for what is none. */
export function readDegrees(text: string, negative: 'S' | 'W'): number | null {
  const positive = negative === 'S' ? 'N' : 'E'
  const found = new RegExp(`^([+-]?)(\\d+(?:[.,]\\d+)?)\\s*°?\\s*([${positive}${negative}]?)$`, 'i').exec(
    text.trim(),
  )
  if (!found) return null
  const [, sign, digits = '', side = ''] = found
  const size = Number(digits.replace(',', '.'))
  return sign === '-' || side.toUpperCase() === negative ? 0 - size : size
}
