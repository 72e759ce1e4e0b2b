/** What the portal's nodes tell one another. A node of another version may say more, or what is not known here. */
import { z } from 'zod'
import { CHANNEL_ACCESS, caret } from '../../app/domain/channel-protocol'

const channel = z.string()
/** Bytes come back as plain ones; Socket.IO's msgpack wants what Node calls a Buffer. */
const bytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array)
  .transform((data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))

const person = z.object({
  presence: z.string(),
  userId: z.string(),
  name: z.string(),
  organization: z.string(),
  partnerIso2: z.string().nullable(),
  access: z.enum(CHANNEL_ACCESS),
  client: z.number().nullable(),
  caret: caret.nullable(),
})

export const nodeMessage = z.discriminatedUnion('is', [
  /** Committed. */
  z.object({
    is: z.literal('entries'),
    channel,
    entries: z.array(z.tuple([z.number(), z.string(), z.number(), bytes])),
  }),
  /** Committed, and too long to be told: it is in the log. */
  z.object({ is: z.literal('moved'), channel }),
  /** A change among this node's people: the `nth` that it tells. */
  z.object({
    is: z.literal('people'),
    nth: z.number(),
    channel,
    here: z.array(person),
    left: z.array(z.string()),
  }),
  /** Said once a second. */
  z.object({ is: z.literal('alive'), nth: z.number() }),
  /** Something was missed, or this node is new: `node` tells all of its people. */
  z.object({ is: z.literal('ask'), node: z.string() }),
  z.object({ is: z.literal('all'), nth: z.number(), people: z.array(z.tuple([channel, z.array(person)])) }),
  /** The node stops. */
  z.object({ is: z.literal('gone') }),
])

export type NodeMessage = z.input<typeof nodeMessage>
export type HeardMessage = z.output<typeof nodeMessage>

/** What a node says in one turn goes together. Each is read by itself, so that one that is not known hides no other. */
export const heardTogether = z.object({ from: z.string(), messages: z.array(z.unknown()) })
