import { describe, expect, test } from 'vitest'
import { type Claim, nextClaim } from './claim'

const form = (act: string) => {
  const sent = new FormData()
  sent.set('act', act)
  return sent
}
const isIt = (sent: FormData) => sent.get('act') === 'ask'
type Seen = Parameters<typeof nextClaim>[1] & { page?: string }
const idle: Seen = { state: 'idle' }

/** How often a form was answered, over what the router and the page show one after another. */
function answered(...seen: Seen[]): number {
  let claim: Claim = null
  let times = 0
  for (const { page = 'as it was', ...navigation } of [...seen, idle]) {
    const next = nextClaim(claim, navigation, isIt, page)
    if (next === 'answered') times++
    claim = next === 'answered' ? null : next
  }
  return times
}

describe('a form counts as done', () => {
  const sent = form('ask')
  const submitting = { state: 'submitting', formData: sent } as const
  const accepted = { state: 'loading', formData: sent } as const

  test('when its action answered and the page was read anew, each time', () => {
    expect(answered(submitting, accepted)).toBe(1)
    expect(answered(accepted)).toBe(1)
    const again = form('ask')
    const second = { state: 'submitting', formData: again } as const
    expect(answered(submitting, accepted, second, { ...second, state: 'loading' })).toBe(2)
  })

  test('also where the router’s last two steps are shown as one', () => {
    expect(answered(submitting, { ...idle, page: 'read anew' })).toBe(1)
  })

  test('not for what was read before it was answered', () => {
    expect(answered(submitting, { ...submitting, page: 'read' }, { ...idle, page: 'read' })).toBe(0)
  })

  test('not when it was refused, or could not be sent', () => {
    expect(answered(submitting)).toBe(0)
  })

  test('not when another page or another form took its place before it was answered', () => {
    expect(answered(submitting, { state: 'loading' })).toBe(0)
    const other = form('answer')
    expect(
      answered(submitting, { state: 'submitting', formData: other }, { state: 'loading', formData: other }),
    ).toBe(0)
  })

  test('and when somebody went on after it was accepted', () => {
    expect(answered(submitting, accepted, { state: 'loading' })).toBe(1)
  })

  test('another form is none of its concern', () => {
    const other = form('answer')
    expect(answered({ state: 'submitting', formData: other }, { state: 'loading', formData: other })).toBe(0)
  })
})
