import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_SESSION, type Item, type SessionState } from './model'
import { packState, unpackState } from './packed'

const item = (title: string, id = title): Item => ({
  ...{ id, title, minutes: null, state: 'pending', documents: [], proposalId: null, reason: null },
})

test('whatever people wrote comes back, control characters and quotes too', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\u0001', '\u0002', '0', '世', '😀') })
  fc.assert(
    fc.property(fc.array(text), (titles) => {
      const state: SessionState = { ...EMPTY_SESSION, items: [...titles, ...titles].map((one) => item(one)) }
      expect(unpackState(packState(state))).toEqual(state)
    }),
  )
})

test('an id that comes a thousand times stands there once', () => {
  const id = '0190b1c2-7d3e-7f00-8000-1234567890ab'
  const state = { ...EMPTY_SESSION, spoken: Array.from({ length: 1000 }, () => id) }
  expect(packState(state).length).toBeLessThan(6000)
})

test('what an earlier version wrote is read', () => {
  const old = new TextEncoder().encode(JSON.stringify({ status: 'open', items: [item('An item')] }))
  expect(unpackState(old)).toEqual({ ...EMPTY_SESSION, status: 'open', items: [item('An item')] })
})
