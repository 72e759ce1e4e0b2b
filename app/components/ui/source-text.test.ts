import { describe, expect, test } from 'vitest'
import { readSource } from './source-text'

const hrefs = (text: string) =>
  readSource(text).map((parts) => parts.flatMap((part) => (part.kind === 'link' ? [part.href] : [])))

describe('reading a source', () => {
  test('two addresses are two sources', () => {
    expect(hrefs('https://a.example/x ; https://b.example/y?z=1')).toEqual([
      ['https://a.example/x'],
      ['https://b.example/y?z=1'],
    ])
  })

  test('words around an address stay words', () => {
    expect(readSource('FCDO, see https://a.example/x.')).toEqual([
      [
        { kind: 'text', text: 'FCDO, see ' },
        { kind: 'link', href: 'https://a.example/x', text: 'a.example/x' },
        { kind: 'text', text: '.' },
      ],
    ])
  })

  test('the bracket and semicolon after an address are not part of it', () => {
    expect(
      hrefs('https://a.example/m (copy http://b.example/v.php?id=1; same list at https://c.example/d.html)'),
    ).toEqual([['https://a.example/m', 'http://b.example/v.php?id=1', 'https://c.example/d.html']])
  })

  test('commas and brackets inside an address belong to it', () => {
    expect(hrefs('https://a.example/statement,-the-text_(2026)')).toEqual([
      ['https://a.example/statement,-the-text_(2026)'],
    ])
  })

  test('words alone make no link, and neither does another scheme', () => {
    expect(hrefs('White House fact sheet 18 Nov 2025')).toEqual([[]])
    expect(hrefs('javascript:alert(1)')).toEqual([[]])
  })

  test('a long address is shown short and kept whole', () => {
    const address = `https://www.a.example/${'long-'.repeat(30)}end`
    const part = readSource(address)[0]?.[0]
    expect(part).toMatchObject({ kind: 'link', href: address })
    expect(part?.text.length).toBeLessThanOrEqual(64)
  })
})
