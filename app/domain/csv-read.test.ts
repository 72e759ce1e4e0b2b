import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvOf } from './csv'
import { readCsv } from './csv-read'

const cells = (text: string) => readCsv(text).map((row) => row.cells)

describe('a file of comma-separated values', () => {
  it('is read as spreadsheets write it', () => {
    expect(cells('\uFEFFa,b\r\n1,"x, ""y"""\r\n\r\n')).toEqual([
      ['a', 'b'],
      ['1', 'x, "y"'],
    ])
    expect(cells('a;b\n1;2,5')).toEqual([
      ['a', 'b'],
      ['1', '2,5'],
    ])
    expect(cells('')).toEqual([])
  })

  it('knows the line that a row begins on', () => {
    expect(readCsv('a\n"1\n2"\n\n3').map(({ line }) => line)).toEqual([1, 2, 5])
  })

  it('gives back what was written', () => {
    // A first character that a spreadsheet would run gets an apostrophe when it is written.
    const text = fc.string().filter((one) => !/^[=+\-@\t\r]/.test(one) && !one.includes('\r'))
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 8 }), (rows) => {
        const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''))
        expect(cells(csvOf(['one', 'two'], filled)).slice(1)).toEqual(filled)
      }),
    )
  })
})
