import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Schedule } from './schedule'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A schedule whose readings end when they are told to. */
function slowSchedule() {
  const read: string[] = []
  const ends: (() => void)[] = []
  const schedule = new Schedule(
    (id) => {
      read.push(id)
      return new Promise((resolve) => void ends.push(resolve))
    },
    () => {},
  )
  const end = async () => {
    ends.shift()?.()
    await vi.advanceTimersByTimeAsync(5000)
  }
  return { schedule, read, end }
}

test('what is found to be behind while it waits or is read is not read once more', async () => {
  const { schedule, read, end } = slowSchedule()
  const ids = ['a', 'b', 'c', 'd', 'e']
  const look = () => {
    for (const id of ids) schedule.missed(id)
  }
  look()
  await vi.advanceTimersByTimeAsync(2000)
  // Three are read, the others wait their turn.
  expect(read).toEqual(['a', 'b', 'c'])
  look()
  for (const _ of ids) await end()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(read).toEqual(ids)
})

test('what is written while it is read is read once more', async () => {
  const { schedule, read, end } = slowSchedule()
  schedule.changed('a')
  await vi.advanceTimersByTimeAsync(2000)
  schedule.changed('a')
  schedule.missed('a')
  await end()
  await end()
  expect(read).toEqual(['a', 'a'])
})
