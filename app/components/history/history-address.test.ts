import { expect, test } from 'vitest'
import { staysWithHistory } from './history-address'

const asked = (from: string, to: string, formMethod?: 'POST') =>
  staysWithHistory({
    currentUrl: new URL(from, 'http://portal.example'),
    nextUrl: new URL(to, 'http://portal.example'),
    ...(formMethod ? { formMethod } : {}),
    currentParams: {},
    nextParams: {},
    defaultShouldRevalidate: true,
  })

test('a page is not read anew while only the history beside it opens, closes or shows another moment', () => {
  expect(asked('/proposals/a', '/proposals/a?history')).toBe(false)
  expect(asked('/proposals/a?history', '/proposals/a?history&at=5&show=authors')).toBe(false)
  expect(asked('/proposals/a?history&at=5', '/proposals/a')).toBe(false)
})

test('another page, another question of the same page, an act and a second look read it', () => {
  expect(asked('/proposals/a?history', '/proposals/b?history')).toBe(true)
  expect(asked('/proposals/a?history', '/proposals/a?history&sort=title')).toBe(true)
  expect(asked('/proposals/a', '/proposals/a?history', 'POST')).toBe(true)
  expect(asked('/proposals/a?history', '/proposals/a?history')).toBe(true)
})
