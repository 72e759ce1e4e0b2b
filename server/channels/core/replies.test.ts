import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Done, Replies } from './replies'

function message(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}

function row(value: number): Buffer {
  const text = Buffer.from(String(value))
  const head = Buffer.alloc(6)
  head.writeInt16BE(1)
  head.writeInt32BE(text.length, 2)
  return message('D', Buffer.concat([head, text]))
}

const BOUND = message('2', Buffer.alloc(0))
const COMPLETE = message('C', Buffer.from('SELECT 0\0'))
const READY = message('Z', Buffer.from('I'))
const NOTICE = message('N', Buffer.from('SWARNING\0Mbeware\0\0'))
const failure = (text: string) => message('E', Buffer.from(`SERROR\0C57014\0M${text}\0\0`))

const reply = fc.oneof(
  fc.record({ rows: fc.array(fc.nat()), noticed: fc.boolean() }).map(({ rows, noticed }) => ({
    bytes: Buffer.concat([BOUND, ...(noticed ? [NOTICE] : []), ...rows.map(row), COMPLETE, READY]),
    done: { rows, error: null as string | null },
  })),
  fc.string({ unit: 'grapheme' }).map((text) => {
    const words = text.replaceAll('\0', '')
    return { bytes: Buffer.concat([failure(words), READY]), done: { rows: [], error: words } }
  }),
)

test('what PostgreSQL answers is read alike, wherever it is cut', () => {
  fc.assert(
    fc.property(
      fc.array(reply, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat(40)),
      (sent, cuts) => {
        const replies = new Replies()
        const shared = Buffer.alloc(64)
        for (const { bytes, done } of sent) {
          const found: Done[] = []
          for (let at = 0; at < bytes.length; ) {
            const length = Math.min(1 + (cuts.next().value ?? 0), bytes.length - at)
            bytes.copy(shared, 0, at, at + length)
            const read = replies.read(shared.subarray(0, length))
            if (read) found.push(read)
            // The memory is somebody else's now.
            shared.fill(0xff)
            at += length
          }
          expect(found.map(({ rows, error }) => ({ rows, error: error?.message ?? null }))).toEqual([done])
        }
      },
    ),
  )
})

test('an error bears its SQLSTATE', () => {
  const done = new Replies().read(Buffer.concat([failure('canceling statement'), READY]))
  expect(done?.error).toMatchObject({ message: 'canceling statement', code: '57014' })
})
