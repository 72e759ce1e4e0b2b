import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownPath } from './own-path'

test('another host is never the way', () => {
  for (const foreign of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '',
    null,
    7,
  ]) {
    expect(new URL(ownPath(foreign), 'https://portal.invalid').host).toBe('portal.invalid')
  }
  fc.assert(
    fc.property(fc.string(), (wanted) => {
      expect(new URL(ownPath(wanted), 'https://portal.invalid').host).toBe('portal.invalid')
    }),
  )
})

test('a path of the portal stays', () => {
  expect(ownPath('/projects?mineral=cobalt')).toBe('/projects?mineral=cobalt')
})
