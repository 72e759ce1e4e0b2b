import { describe, expect, it } from 'vitest'
import { CARET_COLORS, colorOf } from './colors'

const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe('colours of carets', () => {
  it.each(CARET_COLORS)('%s carries white text and shows on a dark page', (color) => {
    expect(contrast(color, '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(color, '#11161d')).toBeGreaterThanOrEqual(3)
  })

  it('are all different', () => expect(new Set(CARET_COLORS).size).toBe(CARET_COLORS.length))

  it('stay with a person, and spread', () => {
    expect(colorOf('0190-abc')).toBe(colorOf('0190-abc'))
    const used = new Set(Array.from({ length: 200 }, (_, i) => colorOf(`user-${i}`)))
    expect(used.size).toBe(CARET_COLORS.length)
  })
})
