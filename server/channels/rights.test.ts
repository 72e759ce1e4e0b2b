import { beforeEach, describe, expect, test } from 'vitest'
import { actor } from '../../test/harness/fake-nodes'
import { FRESH_MS, Rights } from './rights'

describe('[R9] what a session may do is known for a second', () => {
  let now: number
  let asked: string[]
  let rights: Rights

  beforeEach(() => {
    now = 0
    asked = []
    rights = new Rights(
      async (sessionId, channelId) => {
        asked.push(`${sessionId} ${channelId}`)
        return { actor: actor(sessionId), access: 'write' }
      },
      () => now,
    )
  })
  const taken = () => asked.splice(0)

  test('asked again when it is a second old, and not before', async () => {
    await rights.ask('ana', 'x')
    now += FRESH_MS - 1
    expect(rights.known('ana', 'x')?.access).toBe('write')
    now += 1
    expect(rights.known('ana', 'x')).toBeUndefined()
  })

  test('those who write are asked about together; those who only read are not', async () => {
    await rights.ask('ana', 'x')
    now += 100
    await Promise.all([rights.ask('bob', 'x'), rights.ask('eve', 'y'), rights.ask('reader', 'x')])
    now += 700
    for (const [who, where] of [
      ['ana', 'x'],
      ['bob', 'x'],
      ['eve', 'y'],
    ] as const)
      expect(rights.known(who, where)).toBeDefined()
    taken()
    now += 250
    expect(rights.known('ana', 'x')).toBeUndefined()
    await rights.ask('ana', 'x')
    expect(taken()).toEqual(['ana x', 'bob x', 'eve y'])
    now += 900
    for (const [who, where] of [
      ['bob', 'x'],
      ['eve', 'y'],
    ] as const)
      expect(rights.known(who, where)).toBeDefined()
  })

  test('whoever has not written since is not asked about again', async () => {
    await Promise.all([rights.ask('ana', 'x'), rights.ask('bob', 'x')])
    rights.known('bob', 'x')
    for (let second = 0; second < 3; second++) {
      now += FRESH_MS
      await rights.ask('ana', 'x')
    }
    expect(taken().filter((one) => one === 'bob x')).toHaveLength(2)
  })

  test('after a change nothing is known, and an answer from before it does not count', async () => {
    await rights.ask('ana', 'x')
    const asking = rights.ask('ana', 'x')
    rights.forget()
    expect(rights.known('ana', 'x')).toBeUndefined()
    taken()
    await asking
    expect(taken()).toEqual(['ana x'])
  })

  test('nothing is kept of whoever has left', async () => {
    await rights.ask('ana', 'x')
    rights.known('ana', 'x')
    rights.release('ana', 'x')
    expect(rights.known('ana', 'x')).toBeUndefined()
  })
})
