/** What people ask for in a session, and the right that each needs. One schema for browser and server. */
import { z } from 'zod'
import { BASES, CHOICES, HAND_KINDS, MAJORITIES, METHODS, SIDES } from './model'
import { placeFrom } from './place'

const id = z.string().min(1).max(64)
const line = (min: number, max: number, what: string) =>
  z
    .string()
    .trim()
    .min(min, min > 1 ? `${what} has at least ${min} characters.` : `${what} is missing.`)
    .max(max, `${what} has at most ${max.toLocaleString('en')} characters.`)
    .refine((value) => !value.includes('\0'), `${what} holds a character that no text can hold.`)
const reason = line(3, 2000, 'The reason')
const motionText = line(10, 8000, 'The text')
const minutes = z.number().int().min(1).max(600).nullable()
const seconds = z.number().int().min(15).max(3600).nullable()

/** Made by whoever asks: the same key again is the same act. */
export const actKey = z.string().regex(/^[0-9A-Za-z_-]{8,58}$/, 'Load the page again.')
export const correctionReason = line(3, 500, 'What is to be corrected')

const place = z
  .string()
  .max(64)
  .refine((text) => placeFrom(text) !== null, 'There is no such place.')

const act = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.object({ act: z.literal(name), ...shape })

export const sessionAct = z.discriminatedUnion('act', [
  act('announce', {}),
  act('open', {}),
  act('suspend', { reason }),
  act('resume', {}),
  act('close', {}),
  act('draft_minutes', {}),
  /** Opens approved minutes to be written again: another version, to be approved anew. */
  act('correct_minutes', { reason: correctionReason }),
  /** Whether one's delegation will come. */
  act('say_attendance', { coming: z.boolean() }),
  act('enter', {}),
  act('leave', {}),
  act('note_gone', { delegationId: id }),
  act('preside', {}),
  act('give_proxy', { to: id }),
  act('end_proxy', {}),
  act('add_item', {
    title: line(3, 200, 'The title'),
    minutes,
    proposalId: id.nullable().default(null),
    followUpId: id.nullable().default(null),
  }),
  /** `was`: what stood there when it was changed, so that two who write the agenda do not undo one another's words. */
  act('change_item', {
    itemId: id,
    title: line(3, 200, 'The title'),
    minutes,
    was: z
      .object({ title: z.string().max(200), minutes })
      .nullable()
      .default(null),
  }),
  act('attach_document', { itemId: id, documentId: id }),
  act('remove_item', { itemId: id }),
  act('move_item', { itemId: id, before: id.nullable() }),
  act('open_item', { itemId: id }),
  act('close_item', { itemId: id }),
  act('adjourn_item', { itemId: id, reason }),
  act('open_queue', {}),
  act('close_queue', {}),
  act('raise_hand', {
    kind: z.enum(HAND_KINDS),
    side: z.enum(SIDES).nullable().default(null),
    /** Of a point of order: the chair reads it, nobody else. */
    reason: z.string().trim().max(500).default(''),
  }),
  act('lower_hand', { handId: id }),
  act('move_hand', { handId: id, before: id.nullable() }),
  act('give_floor', { handId: id, anyway: z.boolean().default(false) }),
  act('stop_clock', {}),
  act('start_clock', {}),
  act('set_clock', { seconds }),
  act('end_speech', {}),
  act('propose', {
    title: line(3, 200, 'The title'),
    text: motionText,
    proposalId: id.nullable().default(null),
    outcome: z.enum(['endorsed', 'declined']).nullable().default(null),
    /** An earlier session of the group, whose minutes it would approve. */
    approves: id.nullable().default(null),
  }),
  act('amend', { motionId: id, passage: line(1, 4000, 'The passage'), text: z.string().trim().max(4000) }),
  act('second', { motionId: id }),
  act('withdraw', { motionId: id }),
  act('ask_consensus', { motionId: id }),
  act('object', { motionId: id, text: reason }),
  act('withdraw_objection', { motionId: id }),
  act('reserve', { motionId: id, text: reason }),
  act('conclude', { motionId: id }),
  act('open_vote', {
    motionId: id,
    method: z.enum(METHODS),
    majority: z.enum(MAJORITIES),
    base: z.enum(BASES),
  }),
  /** `blinded`: the ballot paper's number, unreadable; hexadecimal. `of`: a delegation whose vote one holds. */
  act('take_paper', {
    motionId: id,
    of: id.nullable().default(null),
    blinded: z.string().regex(/^[0-9a-f]{2,1024}$/),
  }),
  act('open_box', { motionId: id }),
  act('vote', { motionId: id, choice: z.enum(CHOICES), of: id.nullable().default(null) }),
  act('close_vote', { motionId: id }),
  act('cancel_vote', { motionId: id, reason }),
  act('put_to_silence', {
    motionId: id,
    at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Give the day and the time of the deadline.'),
    zone: z.string().max(64),
  }),
  act('follow_up', {
    number: z.string().min(1).max(40),
    text: line(3, 1000, 'What is to be done'),
    ownerId: id,
    due: z.iso.date('Give the day by which it is due.'),
  }),
  act('point', { documentId: id, place: place.nullable().default(null) }),
  act('end_pointer', {}),
  act('message', { text: line(1, 2000, 'The message') }),
])
export type SessionAct = z.output<typeof sessionAct>
export type SessionActInput = z.input<typeof sessionAct>
export type ActName = SessionAct['act']

/**
 * - `attend`: be in the room; observers too
 * - `speak`: raise a hand; members
 * - `propose`: motions, amendments, seconds, objections
 * - `vote`: for one's delegation: its head, or who holds a credential
 * - `preside`: take the chair
 * - `run`: whoever presides, and the secretaries
 */
export const SESSION_RIGHTS = ['attend', 'speak', 'propose', 'vote', 'preside', 'run'] as const
export type SessionRight = (typeof SESSION_RIGHTS)[number]

/** Any one of those named. */
export const ACT_NEEDS: Record<ActName, SessionRight | readonly SessionRight[]> = {
  announce: 'run',
  open: 'run',
  suspend: 'run',
  resume: 'run',
  close: 'run',
  draft_minutes: 'run',
  correct_minutes: 'run',
  say_attendance: 'propose',
  enter: 'attend',
  leave: 'attend',
  note_gone: 'run',
  preside: 'preside',
  give_proxy: 'vote',
  end_proxy: 'vote',
  add_item: 'run',
  change_item: 'run',
  attach_document: 'run',
  remove_item: 'run',
  move_item: 'run',
  open_item: 'run',
  close_item: 'run',
  adjourn_item: 'run',
  open_queue: 'run',
  close_queue: 'run',
  raise_hand: 'speak',
  lower_hand: ['speak', 'run'],
  move_hand: 'run',
  give_floor: 'run',
  stop_clock: 'run',
  start_clock: 'run',
  set_clock: 'run',
  end_speech: ['speak', 'run'],
  propose: 'propose',
  amend: 'propose',
  second: 'propose',
  withdraw: 'propose',
  ask_consensus: 'run',
  object: 'propose',
  withdraw_objection: 'propose',
  reserve: 'propose',
  conclude: 'run',
  open_vote: 'run',
  take_paper: 'vote',
  open_box: 'run',
  vote: 'vote',
  close_vote: 'run',
  cancel_vote: 'run',
  put_to_silence: 'run',
  follow_up: 'run',
  point: 'run',
  end_pointer: 'run',
  message: 'attend',
}
