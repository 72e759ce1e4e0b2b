/** Minutes as the log tells them: present, items, speakers, motions, votes, decisions. Pure. */
import type { SessionEvent } from './events'
import { fold } from './fold'
import {
  CHOICE_LABEL,
  CHOICES,
  EMPTY_SESSION,
  HAND_LABEL,
  METHOD_LABEL,
  type Motion,
  SECRETARIAT,
  type SessionState,
} from './model'

/** A line stands under its heading; `quote` for texts that were decided. */
type MinutesLine = { kind: 'line' | 'quote'; text: string }
type Draft = { heading: string; lines: MinutesLine[] }
/** A part and its lines, each with its place from the beginning of the minutes: two may say the same. */
export type MinutesPart = { nth: number; heading: string; lines: (MinutesLine & { nth: number })[] }

/** An hour and minute in a zone. */
export type Clock = (at: number) => string

/**
 * Drafts the minutes. Under the Chatham House Rule no name and no affiliation stands in them: a delegation is “a
 * delegation”, and a roll-call shows its counts only.
 */
export function minutesOf(events: readonly SessionEvent[], clock: Clock): MinutesPart[] {
  const parts: Draft[] = []
  const { chatham } = events.reduce(fold, EMPTY_SESSION).rules
  // A session that was put under the Rule later keeps no name from before either.
  const told = (at: SessionState): SessionState => (chatham ? { ...at, rules: { ...at.rules, chatham } } : at)
  let state: SessionState = EMPTY_SESSION
  let part: Draft = { heading: 'Opening', lines: [] }
  parts.push(part)
  for (const event of events) {
    const before = state
    state = fold(state, event)
    if (event.body.is === 'item_opened') {
      const item = state.items.findIndex(({ id }) => 'itemId' in event.body && id === event.body.itemId)
      part = { heading: `${item + 1}. ${state.items[item]?.title ?? 'Item'}`, lines: [] }
      parts.push(part)
    }
    if (event.body.is === 'closed') {
      part = { heading: 'Closing', lines: [] }
      parts.push(part)
    }
    part.lines.push(...linesOf(event, told(before), told(state), clock))
    if (event.body.is === 'item_closed' || event.body.is === 'item_adjourned') {
      part = { heading: 'Between items', lines: [] }
      parts.push(part)
    }
  }
  return numbered([
    present(state, clock),
    ...parts.filter(({ lines }) => lines.length > 0),
    ...closing(state),
  ])
}

function numbered(parts: readonly Draft[]): MinutesPart[] {
  let next = 0
  return parts.map(({ heading, lines }) => ({
    nth: next++,
    heading,
    lines: lines.map((one) => ({ ...one, nth: next++ })),
  }))
}

const line = (text: string): MinutesLine => ({ kind: 'line', text })
const quote = (text: string): MinutesLine => ({ kind: 'quote', text })

/** A delegation's name, or none where no name may stand. */
function namer(state: SessionState): (id: string | null) => string {
  if (state.rules.chatham) return () => 'A delegation'
  return (id) => (id === null ? 'The secretariat' : (state.delegations[id]?.name ?? 'A delegation'))
}

function present(state: SessionState, clock: Clock): Draft {
  const ids = Object.keys(state.attended).filter((id) => id !== SECRETARIAT)
  const count = `${ids.length} ${ids.length === 1 ? 'delegation' : 'delegations'} attended; the quorum was ${state.rules.quorum}.`
  if (state.rules.chatham)
    return {
      heading: 'Present',
      lines: [line(count), line('The session was held under the Chatham House Rule.')],
    }
  const names = ids
    .map((id) => `${state.delegations[id]?.name ?? 'A delegation'} (from ${clock(state.attended[id] ?? 0)})`)
    .sort()
  return { heading: 'Present', lines: [line(count), ...names.map(line)] }
}

function linesOf(
  { at, body }: SessionEvent,
  before: SessionState,
  after: SessionState,
  clock: Clock,
): MinutesLine[] {
  const name = namer(after)
  const motion = 'motionId' in body ? after.motions.find(({ id }) => id === body.motionId) : undefined
  const what = motion ? (motion.amends ? 'the amendment' : `the motion “${motion.title}”`) : ''
  switch (body.is) {
    case 'opened':
      return [
        line(`The session was opened at ${clock(at)}. ${name(body.presiding)} presided.`),
        ...after.announcements.map(({ number, title }) =>
          line(
            `It was announced that “${title}” had been adopted by silence procedure, as decision ${number}.`,
          ),
        ),
      ]
    case 'presided':
      return [line(`${name(body.delegationId)} took the chair at ${clock(at)}.`)]
    case 'suspended':
      return [line(`The session was suspended at ${clock(at)}: ${body.reason}`)]
    case 'resumed':
      return [line(`The session was resumed at ${clock(at)}.`)]
    case 'closed':
      return [line(`The session was closed at ${clock(at)}.`)]
    case 'item_adjourned':
      return [line(`The item was adjourned: ${body.reason}`)]
    case 'item_closed':
      return [line('The item was closed.')]
    case 'floor_given': {
      const speech = after.floor
      if (!speech) return []
      const how = speech.kind === 'statement' ? '' : ` (${HAND_LABEL[speech.kind].toLowerCase()})`
      const side = speech.side ? ` ${speech.side}` : ''
      return [line(`${name(speech.delegationId)} spoke${side}${how}.`)]
    }
    case 'motion_proposed':
      return body.amends
        ? [
            line(
              `${name(motion?.by.delegationId ?? null)} proposed to replace “${body.passage}” by “${body.text}”.`,
            ),
          ]
        : [
            line(`${name(motion?.by.delegationId ?? null)} proposed the motion “${body.title}”:`),
            quote(body.text),
          ]
    case 'motion_seconded':
      return motion?.seconder ? [line(`${name(motion.seconder)} seconded ${what}.`)] : []
    case 'motion_withdrawn':
      return [line(`${capital(what)} was withdrawn.`)]
    case 'motion_fell':
      return [line(`An amendment fell. ${body.why}`)]
    case 'objected':
      return [line(`${name(body.delegationId)} objected: ${body.text}`)]
    case 'reserved':
      return [line(`${name(body.delegationId)} made a reservation: ${body.text}`)]
    case 'consensus_failed':
      return [line(`There was no consensus on ${what}.`)]
    case 'vote_cancelled':
      return [line(`The vote on ${what} was cancelled: ${body.reason}`)]
    case 'vote_closed':
      return voteLines(before, after, motion, what)
    case 'adopted':
      return [
        line(
          `${capital(what)} was adopted by ${body.how}${body.number ? ` as decision ${body.number}` : ''}.`,
        ),
        ...(motion && !motion.amends ? [quote(motion.text)] : []),
      ]
    case 'silence_opened':
      return [line(`${capital(what)} was put to a silence procedure.`)]
    case 'follow_up':
      return [
        line(
          `Follow-up to ${body.number}: ${after.rules.chatham ? '' : `${name(body.ownerId)}, `}${body.text} (due ${body.due}).`,
        ),
      ]
    default:
      return []
  }
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

function voteLines(
  before: SessionState,
  after: SessionState,
  motion: Motion | undefined,
  what: string,
): MinutesLine[] {
  const { result } = motion ?? {}
  if (!result) return []
  if (result.void !== null) return [line(`The ballot on ${what} was void. ${result.void}`)]
  const method = METHOD_LABEL[result.method]
  const lines = [line(`${method} on ${what}: ${result.arithmetic}`)]
  const { roll } = result
  if (!roll || before.rules.chatham) return lines
  const name = namer(after)
  return [
    ...lines,
    ...CHOICES.flatMap((choice) => {
      const who = Object.entries(roll).filter(([, one]) => one === choice)
      return who.length > 0
        ? [
            line(
              `${CHOICE_LABEL[choice]}: ${who
                .map(([id]) => name(id))
                .sort()
                .join(', ')}.`,
            ),
          ]
        : []
    }),
  ]
}

/** Time used by delegation, and how the session ended. */
function closing(state: SessionState): Draft[] {
  const used = Object.entries(state.used).sort(([, a], [, b]) => b.ms - a.ms)
  if (used.length === 0 || state.rules.chatham) return []
  const name = namer(state)
  return [
    {
      heading: 'Time used by delegation',
      lines: used.map(([id, { ms, statement, right_of_reply: replies, point_of_order: points }]) =>
        line(
          `${name(id)}: ${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1000)} s in ${statement + replies + points} ${statement + replies + points === 1 ? 'intervention' : 'interventions'}.`,
        ),
      ),
    },
  ]
}
