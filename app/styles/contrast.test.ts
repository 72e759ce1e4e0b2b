import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map((match) => [
    match[1],
    { light: match[2] ?? '', dark: match[3] ?? '' },
  ]),
)

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string) {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const colour = (name: string, theme: 'light' | 'dark') => {
  const token = tokens.get(name)
  if (!token) throw new Error(`no token --${name}`)
  return token[theme]
}

const TEXT = ['ink', 'muted', 'accent', 'accent-strong', 'green', 'ochre', 'red']
const GROUNDS = ['paper', 'sheet', 'well', 'accent-wash']

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  test.each<readonly [string, string]>([
    ...TEXT.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
    ...['green', 'ochre', 'red'].flatMap((tone) => [
      [tone, `${tone}-wash`] as const,
      ['ink', `${tone}-wash`] as const,
      ['muted', `${tone}-wash`] as const,
    ]),
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['on-accent', 'red'],
    ['on-bar', 'bar'],
    ['on-bar-muted', 'bar'],
  ])('%s on %s is readable (4.5 : 1)', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each<readonly [string, string]>([
    ['line', 'sheet'],
    ['line', 'paper'],
    ['focus', 'sheet'],
    ['focus', 'paper'],
    ['focus', 'well'],
    ['bar-mark', 'bar'],
  ])('%s on %s can be told apart (3 : 1)', (mark, ground) => {
    expect(contrast(colour(mark, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3)
  })
})
