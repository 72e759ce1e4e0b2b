/** A group's rules of procedure: what may be set, within which limits, and in words. */
import { z } from 'zod'
import { BASE_LABEL, BASES, type Base, MAJORITIES, MAJORITY_LABEL, type Majority } from './session/model'

export type GroupRules = {
  /** Between announcement and start of a session, at least. */
  noticeHours: number
  /** Share of the deciding delegations that must be present, in percent; rounded up. */
  quorumPercent: number
  majority: Majority
  /** Of whom the majority is taken. */
  base: Base
  /** How many absent delegations one may vote for; 0: nobody votes for another. */
  proxies: number
  /** A motion or amendment needs a second delegation. */
  seconder: boolean
  /** Of a statement; null: no limit. */
  speechSeconds: number | null
  /** A silence procedure runs at least this long. */
  silenceHours: number
  /** Whoever breaks silence has to say why. */
  breakNeedsReason: boolean
}

export const GROUP_RULE_LIMITS = {
  noticeHours: { min: 0, max: 2160 },
  quorumPercent: { min: 1, max: 100 },
  proxies: { min: 0, max: 5 },
  speechSeconds: { min: 30, max: 3600 },
  silenceHours: { min: 24, max: 2160 },
} as const

const whole = (name: keyof typeof GROUP_RULE_LIMITS, what: string) => {
  const { min, max } = GROUP_RULE_LIMITS[name]
  const say = `${what}: a whole number from ${min} to ${max.toLocaleString('en')}.`
  return z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, say)
    .transform(Number)
    .refine((value) => value >= min && value <= max, say)
}
const switched = z.literal('on').optional()

/** `known`: the last change that the page showed; empty for none. */
export const groupRulesForm = z
  .object({
    known: z.string().max(64).default(''),
    noticeHours: whole('noticeHours', 'Hours of notice'),
    quorumPercent: whole('quorumPercent', 'Percent of the deciding delegations'),
    majority: z.enum(MAJORITIES, 'Choose a majority.'),
    base: z.enum(BASES, 'Choose of whom.'),
    proxies: whole('proxies', 'Votes held for others'),
    seconder: switched,
    /** Empty: no limit. */
    speechSeconds: z.union([z.literal(''), whole('speechSeconds', 'Seconds')]),
    silenceHours: whole('silenceHours', 'Hours'),
    breakNeedsReason: switched,
  })
  .transform(({ known, ...form }) => ({
    known,
    rules: {
      ...form,
      seconder: form.seconder === 'on',
      speechSeconds: form.speechSeconds === '' ? null : form.speechSeconds,
      breakNeedsReason: form.breakNeedsReason === 'on',
    } satisfies GroupRules,
  }))
export type GroupRulesInput = z.output<typeof groupRulesForm>

const count = (n: number, one: string) => `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`

/** Each rule by its name, in words. */
export function rulesInWords(rules: GroupRules): Record<keyof GroupRules, { name: string; says: string }> {
  const { speechSeconds: limit } = rules
  return {
    noticeHours: { name: 'Notice of a session', says: `at least ${count(rules.noticeHours, 'hour')}` },
    quorumPercent: {
      name: 'Quorum',
      says: `${rules.quorumPercent}% of the delegations that decide, rounded up`,
    },
    majority: { name: 'Majority', says: MAJORITY_LABEL[rules.majority].toLowerCase() },
    base: { name: 'Taken', says: BASE_LABEL[rules.base] },
    proxies: {
      name: 'Votes for others',
      says:
        rules.proxies === 0
          ? 'nobody votes for another delegation'
          : `one may hold the vote of ${count(rules.proxies, 'absent delegation')}`,
    },
    seconder: {
      name: 'Seconding',
      says: rules.seconder
        ? 'a motion or amendment needs a second delegation that decides'
        : 'motions and amendments need no second',
    },
    speechSeconds: { name: 'A statement', says: limit === null ? 'no limit' : clockTime(limit) },
    silenceHours: { name: 'A silence procedure', says: `at least ${count(rules.silenceHours, 'hour')}` },
    breakNeedsReason: {
      name: 'Breaking silence',
      says: rules.breakNeedsReason ? 'needs a reason' : 'needs no reason',
    },
  }
}

function clockTime(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  return [minutes ? count(minutes, 'minute') : '', rest ? count(rest, 'second') : '']
    .filter(Boolean)
    .join(' ')
}

export type RuleChange = { name: string; before: string; after: string }

/** What differs, rule by rule. */
export function changesOf(before: GroupRules, after: GroupRules): RuleChange[] {
  const [old, now] = [rulesInWords(before), rulesInWords(after)]
  return (Object.keys(now) as (keyof GroupRules)[])
    .filter((rule) => before[rule] !== after[rule])
    .map((rule) => ({ name: now[rule].name, before: old[rule].says, after: now[rule].says }))
}
