import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OPCODES, wsFrame } from '../../../test/harness/ws-frame'
import { eachShortFrame, SHORT_BYTES } from './short-frame'

const MASKS = [Buffer.from([0, 0, 0, 0]), Buffer.from([1, 128, 255, 7])]

function read(bytes: Uint8Array, mayGoOn: () => boolean = () => true) {
  const messages: Buffer[] = []
  const used = eachShortFrame(bytes, mayGoOn, (message) => messages.push(message))
  return { messages, used }
}

test('reads every whole short frame, and says where the rest begins', () => {
  const message = fc.oneof(
    fc.uint8Array({ maxLength: 130 }),
    fc.uint8Array({ minLength: SHORT_BYTES - 1, maxLength: SHORT_BYTES }),
  )
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 4 }),
      fc.constantFrom(...MASKS),
      fc.nat(),
      (sent, maskBuffer, cut) => {
        const frames = sent.map((one) => wsFrame(one, { maskBuffer }))
        const all = Buffer.concat(frames)
        const bytes = all.subarray(0, all.length - (cut % (all.length + 1)))
        const { messages, used } = read(bytes)
        const whole = frames.filter((_, i) => Buffer.concat(frames.slice(0, i + 1)).length <= bytes.length)
        expect(used).toBe(Buffer.concat(whole).length)
        expect(messages.map((one) => [...one])).toEqual(sent.slice(0, whole.length).map((one) => [...one]))
      },
    ),
  )
})

test.each([
  ['a text', wsFrame(Buffer.from('3'), { opcode: OPCODES.text })],
  ['a ping', wsFrame(Buffer.alloc(1), { opcode: OPCODES.ping })],
  ['a close', wsFrame(Buffer.alloc(2), { opcode: OPCODES.close })],
  ['the first part of a message', wsFrame(Buffer.alloc(3), { fin: false })],
  ['the last part of a message', wsFrame(Buffer.alloc(3), { opcode: OPCODES.continuation })],
  ['a frame without a mask', wsFrame(Buffer.alloc(3), { mask: false })],
  ['a compressed one', wsFrame(Buffer.alloc(3), { rsv1: true })],
  ['a long one', wsFrame(Buffer.alloc(SHORT_BYTES + 1))],
  ['one whose length takes eight bytes', wsFrame(Buffer.alloc(70_000))],
])('leaves %s to others, and what follows it', (_, other) => {
  const first = wsFrame(Buffer.from('first'))
  const { messages, used } = read(Buffer.concat([first, other, wsFrame(Buffer.from('last'))]))
  expect(messages.map(String)).toEqual(['first'])
  expect(used).toBe(first.length)
})

test('stops before a frame that is not to be read now', () => {
  let left = 2
  const { messages } = read(Buffer.concat([1, 2, 3].map((n) => wsFrame(Buffer.from([n])))), () => left-- > 0)
  expect(messages.map((one) => one[0])).toEqual([1, 2])
})

test('a message has memory of its own', () => {
  const bytes = wsFrame(Buffer.from('kept'))
  const { messages } = read(bytes)
  bytes.fill(0)
  expect(String(messages[0])).toBe('kept')
})
