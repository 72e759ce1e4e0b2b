import { expect, test } from 'vitest'
import { gather } from './gather'

test('what is asked in one turn is one question, what is asked later another', async () => {
  const asked: (readonly string[])[] = []
  const length = gather(async (keys) => {
    asked.push(keys)
    return new Map(keys.filter((key) => key !== '').map((key) => [key, key.length]))
  })
  expect(await Promise.all([length('one'), length('three'), length('one'), length('')])).toEqual([
    3,
    5,
    3,
    null,
  ])
  expect(await length('one')).toBe(3)
  expect(asked).toEqual([['one', 'three', ''], ['one']])
})

test('when nobody answers, each who asked is told; the next question is a new one', async () => {
  let away = true
  const ask = gather(async (keys) => {
    if (away) throw new Error('away')
    return new Map(keys.map((key) => [key, true]))
  })
  const both = await Promise.allSettled([ask('a'), ask('b')])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  away = false
  expect(await ask('a')).toBe(true)
})
