import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sessionAct } from './acts'
import { placeFrom, placeText } from './place'

test('a place is read as it was written, and fits into the act', () => {
  const id = fc.integer({ min: 0, max: 0xffffffff })
  const block = fc.option(fc.record({ client: id, clock: id }))
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z_]{1,40}$/), block, (fragment, block) => {
      const place = placeText({ fragment, block })
      expect(placeFrom(place)).toEqual({ fragment, block })
      expect(sessionAct.safeParse({ act: 'point', documentId: 'd', place }).success).toBe(true)
    }),
  )
})

test('what is no place is none', () => {
  for (const text of [
    '',
    '@1.2',
    'body@',
    'body@1',
    'body@1.',
    'body@x.y',
    'body@1.2.3',
    'bo\0dy',
    '\ud800',
  ]) {
    expect(placeFrom(text), text).toBeNull()
    const asked = sessionAct.safeParse({ act: 'point', documentId: 'd', place: text })
    expect(asked.error?.issues[0]?.message).toBe('There is no such place.')
  }
})
