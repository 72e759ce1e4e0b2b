import { expect, test } from 'vitest'
import { changesOf, GROUP_RULE_LIMITS, type GroupRules, groupRulesForm } from './group-rules'

const FORM = {
  ...{ noticeHours: '72', quorumPercent: '50', majority: 'simple', base: 'voting', proxies: '1' },
  ...{ speechSeconds: '180', silenceHours: '72', seconder: 'on' },
}

test.each(Object.entries(GROUP_RULE_LIMITS))('%s stays within its limits', (name, { min, max }) => {
  const accepts = (value: string) => groupRulesForm.safeParse({ ...FORM, [name]: value }).success
  expect([String(min), String(max)].map(accepts)).toEqual([true, true])
  for (const value of [String(min - 1), String(max + 1), '1.5', 'many', '1e1', '٣'])
    expect(accepts(value)).toBe(false)
})

test('a change is told rule by rule, before and after', () => {
  const { rules } = groupRulesForm.parse(FORM)
  expect(rules).toMatchObject({ seconder: true, breakNeedsReason: false })
  const after: GroupRules = { ...rules, proxies: 0, speechSeconds: 90 }
  expect(changesOf(rules, after)).toEqual([
    {
      name: 'Votes for others',
      before: 'one may hold the vote of 1 absent delegation',
      after: 'nobody votes for another delegation',
    },
    { name: 'A statement', before: '3 minutes', after: '1 minute 30 seconds' },
  ])
  expect(changesOf(rules, { ...rules })).toEqual([])
})

test('no limit of a statement is an empty field', () => {
  expect(groupRulesForm.parse({ ...FORM, speechSeconds: '' }).rules.speechSeconds).toBeNull()
})
