import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentSchema } from '../../../app/collab/schema/extensions'
import { readUpdate } from '../../channels/core/read-update'
import type { PackedLog } from '../worker-protocol'
import { restore } from './restore'

const schema = documentSchema()
const words = fc
  .array(fc.constantFrom('ore', 'mine', 'sea', ', ', ' ', '東京', '👷'), { minLength: 1, maxLength: 8 })
  .map((all) => all.join(''))
const run = fc.record({ text: words, bold: fc.boolean() }).map(({ text, bold }) => ({
  ...{ type: 'text', text },
  ...(bold ? { marks: [{ type: 'bold' }] } : {}),
}))
const paragraph = fc.array(run, { maxLength: 3 }).map((content) => ({ type: 'paragraph', content }))
const heading = fc
  .record({ level: fc.constantFrom(2, 3, 4), text: words })
  .map(({ level, text }) => ({ type: 'heading', attrs: { level }, content: [{ type: 'text', text }] }))
const list = fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((items) => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [item] })),
}))
const table = fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((cells) => ({
  type: 'table',
  content: [{ type: 'tableRow', content: cells.map((cell) => ({ type: 'tableCell', content: [cell] })) }],
}))
const block = fc.oneof(paragraph, paragraph, heading, list, table)
const version = fc.record({
  blocks: fc.array(block, { maxLength: 5 }),
  facts: fc.dictionary(fc.constantFrom('capacity', 'site', 'minerals'), fc.jsonValue({ maxDepth: 1 })),
})

test('any version can be brought back from any other, by edits that the engine takes', () => {
  fc.assert(
    fc.property(fc.array(version, { minLength: 2, maxLength: 4 }), fc.nat(), (versions, wanted) => {
      const doc = new Y.Doc()
      const entries: Uint8Array[] = []
      doc.on('update', (update: Uint8Array) => entries.push(update))
      const states = versions.map(({ blocks, facts }) => {
        doc.transact(() => {
          const body = doc.getXmlFragment('summary')
          body.delete(0, body.length)
          prosemirrorJSONToYXmlFragment(schema, { type: 'doc', content: blocks }, body)
          const fields = doc.getMap('fields')
          fields.clear()
          for (const [name, value] of Object.entries(facts)) fields.set(name, value)
        })
        return { seq: entries.length, text: textOf(doc), facts: doc.getMap('fields').toJSON() }
      })
      const state = states[wanted % states.length]
      const log: PackedLog = {
        data: Buffer.concat(entries),
        lines: entries.map((entry, i) => ({
          ...{ seq: i + 1, userId: 'ann', organizationId: 'org', at: 0, length: entry.length },
        })),
        owners: [[doc.clientID, 'ann']],
        restores: [],
      }
      for (const update of restore({ log, kind: 'proposal', seq: state?.seq ?? 0 }).updates) {
        expect(readUpdate(update)).toMatchObject({ ok: true })
        Y.applyUpdate(doc, update)
      }
      expect(textOf(doc)).toEqual(state?.text)
      expect(doc.getMap('fields').toJSON()).toEqual(state?.facts)
    }),
    { numRuns: 150 },
  )
})

/** However Yjs parts what is bold. */
const textOf = (doc: Y.Doc) => doc.getXmlFragment('summary').toString().replaceAll('</bold><bold>', '')
