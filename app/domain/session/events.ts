/** What the log of a session holds: one event an entry, as JSON. Parsed once, where an entry comes in. */
import { z } from 'zod'
import { GROUP_ROLES } from '../groups'
import { BASES, CHOICES, HAND_KINDS, MAJORITIES, METHODS, SIDES } from './model'

const id = z.string().min(1).max(64)
const text = z.string().max(20_000)
const by = z.object({ userId: z.string(), name: z.string(), delegationId: id.nullable() })
const remark = { motionId: id, delegationId: id, text }
const choice = z.enum(CHOICES)
const rules = z.object({
  quorum: z.number(),
  majority: z.enum(MAJORITIES),
  base: z.enum(BASES),
  proxies: z.number(),
  seconder: z.boolean(),
  speechSeconds: z.number().nullable(),
  chatham: z.boolean(),
})
const delegation = z.object({
  id,
  name: z.string(),
  iso2: z.string().nullable(),
  seat: z.enum(GROUP_ROLES),
})
const document = z.object({ id, title: z.string() })
const place = z.string().max(64).nullable()

const is = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.object({ is: z.literal(name), ...shape })

const eventBody = z.discriminatedUnion('is', [
  is('prepared', { rules }),
  is('announced', { rules }),
  /** Who sits in the group now. */
  is('seated', { delegations: z.array(delegation) }),
  /**
   * `rules`: the group's at that moment, which hold from here on; sessions of long ago took those of their announcement.
   * `announcements`: what the group decided by silence since its last session.
   */
  is('opened', {
    presiding: id,
    rules: rules.optional(),
    announcements: z.array(z.object({ number: z.string(), title: text })).optional(),
  }),
  is('suspended', { reason: text }),
  is('resumed', {}),
  is('closed', {}),
  is('minutes_drafted', {}),
  is('minutes_approved', { number: z.string() }),
  is('minutes_reopened', { reason: text }),
  is('attendance_said', { delegationId: id, coming: z.boolean() }),
  is('entered', { place: id, person: z.object({ userId: z.string(), name: z.string() }) }),
  is('left', { place: id, userId: z.string() }),
  /** Everybody of a delegation. */
  is('gone', { delegationId: id }),
  is('presided', { delegationId: id }),
  is('proxy_given', { of: id, to: id }),
  is('proxy_ended', { of: id }),
  is('item_added', {
    itemId: id,
    title: text,
    minutes: z.number().nullable(),
    documents: z.array(document),
    proposalId: id.nullable(),
    followUpId: id.nullable().optional(),
  }),
  is('item_changed', { itemId: id, title: text, minutes: z.number().nullable() }),
  is('item_document', { itemId: id, document }),
  is('item_removed', { itemId: id }),
  /** `before` null: to the end. */
  is('item_moved', { itemId: id, before: id.nullable() }),
  is('item_opened', { itemId: id }),
  is('item_closed', { itemId: id }),
  is('item_adjourned', { itemId: id, reason: text }),
  is('queue_opened', {}),
  is('queue_closed', {}),
  is('hand_raised', {
    handId: id,
    delegationId: id,
    kind: z.enum(HAND_KINDS),
    side: z.enum(SIDES).nullable(),
  }),
  is('hand_lowered', { handId: id }),
  is('hand_moved', { handId: id, before: id.nullable() }),
  /** `anyway`: the chair let others wait who came first. */
  is('floor_given', { handId: id, limit: z.number().nullable(), anyway: z.boolean() }),
  is('clock_stopped', {}),
  is('clock_started', {}),
  is('clock_set', { limit: z.number().nullable() }),
  is('speech_ended', {}),
  is('motion_proposed', {
    motionId: id,
    itemId: id,
    amends: id.nullable(),
    title: text,
    text,
    passage: text.nullable(),
    distance: z.number(),
    proposalId: id.nullable(),
    outcome: z.enum(['endorsed', 'declined']).nullable(),
    approves: id.nullable(),
  }),
  is('motion_seconded', { motionId: id, delegationId: id }),
  is('motion_withdrawn', { motionId: id }),
  is('motion_fell', { motionId: id, why: text }),
  is('consensus_asked', { motionId: id }),
  is('objected', remark),
  is('objection_withdrawn', { motionId: id, delegationId: id }),
  is('reserved', remark),
  is('consensus_failed', { motionId: id }),
  is('vote_opened', {
    motionId: id,
    method: z.enum(METHODS),
    majority: z.enum(MAJORITIES),
    base: z.enum(BASES),
    entitled: z.array(id),
    present: z.array(id),
    proxies: z.record(id, id),
  }),
  is('paper_taken', { motionId: id, delegationId: id }),
  is('box_opened', { motionId: id }),
  /** Who, never how: that is told when the vote closes. */
  is('voted', { motionId: id, delegationId: id, proxy: id.nullable() }),
  is('vote_closed', {
    motionId: id,
    counts: z.object({ yes: z.number(), no: z.number(), abstain: z.number() }),
    adopted: z.boolean(),
    arithmetic: text,
    roll: z.record(id, choice).nullable(),
    ballots: z.array(z.object({ receipt: z.string(), choice })).nullable(),
    void: z.string().nullable(),
  }),
  is('vote_cancelled', { motionId: id, reason: text }),
  /** `number` is of the decision; null for an amendment, which changes the text. */
  is('adopted', { motionId: id, how: z.enum(['consensus', 'vote']), number: z.string().nullable() }),
  is('silence_opened', { motionId: id, procedureId: id, deadline: z.number() }),
  is('follow_up', { followUpId: id, number: z.string(), text, ownerId: id, due: z.string() }),
  is('pointed', { documentId: id, place }),
  is('pointer_ended', {}),
  is('message_sent', {}),
])
export type EventBody = z.infer<typeof eventBody>
export type EventName = EventBody['is']

const event = z.object({ at: z.number(), by, body: eventBody })
/** An event with the server's instant and who did it. */
export type SessionEvent = z.infer<typeof event>

export function encodeEvent(one: SessionEvent): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(one))
}

/** Null for what is no event. */
export function decodeEvent(data: Uint8Array): SessionEvent | null {
  try {
    return event.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)))
  } catch {
    return null
  }
}
