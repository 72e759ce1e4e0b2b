import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { HistoryNode, Sitting } from '../../../app/domain/history'
import { type LogLine, replay } from './replay'
import { readBlocks } from './text-tree'

const MINUTE = 60_000
const BODY = 'body'

/** Several people with a document each, and the log that their edits made. */
function desk(people: readonly string[]) {
  const lines: LogLine[] = []
  const owners = new Map<number, string>()
  let at = Date.parse('2026-11-24T08:00:00Z')
  const docs = people.map((userId) => {
    const doc = new Y.Doc()
    owners.set(doc.clientID, userId)
    doc.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin === 'log') return
      lines.push({ seq: lines.length + 1, userId, organizationId: `of ${userId}`, at, data })
    })
    return doc
  })
  const docOf = (who: number) => docs[who] ?? new Y.Doc()
  return {
    lines,
    owners,
    wait: (ms: number) => {
      at += ms
    },
    /** One person's edit; the others get it at once. */
    edit(who: number, change: (body: Y.XmlFragment, doc: Y.Doc) => void) {
      const doc = docOf(who)
      const before = lines.length
      doc.transact(() => change(doc.getXmlFragment(BODY), doc))
      for (const line of lines.slice(before)) for (const each of docs) Y.applyUpdate(each, line.data, 'log')
    },
  }
}

function textAt(lines: readonly LogLine[], owners: ReadonlyMap<number, string>, moment: number) {
  let blocks: HistoryNode[] = []
  const sittings = replay({ lines, owners }, new Set([moment]), (_, doc, authorship) => {
    blocks = readBlocks(doc, BODY, authorship)
  })
  return { blocks, sittings }
}

const paragraphs = (body: Y.XmlFragment) =>
  body.toArray().flatMap((child) => (child instanceof Y.XmlElement ? [child] : []))
const textOf = (element: Y.XmlElement | undefined): Y.XmlText => {
  const text = element?.get(0)
  if (!(text instanceof Y.XmlText)) throw new Error('no text')
  return text
}
function newParagraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

/** Each character with the account that wrote it. */
const byAuthor = (blocks: readonly HistoryNode[], sittings: readonly Sitting[]): [string, string][] =>
  blocks.flatMap((block): [string, string][] =>
    block.text === undefined
      ? byAuthor(block.content ?? [], sittings)
      : [...block.text].map((letter) => [letter, sittings[block.by ?? -1]?.userId ?? 'nobody']),
  )

describe('who wrote what', () => {
  test('random edits of several people give each character its author', () => {
    const edit = fc.record({
      who: fc.nat(2),
      place: fc.nat(1000),
      text: fc.string({ unit: fc.constantFrom('a', 'é', '京', ' '), minLength: 1, maxLength: 5 }),
      remove: fc.nat(6),
    })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const log = desk(['ann', 'bob', 'cy'])
        const people = ['ann', 'bob', 'cy']
        log.edit(0, (body) => body.insert(0, [newParagraph('')]))
        /** What the text is by hand: letters with who typed them. */
        const model: [string, string][] = []
        for (const { who, place, text, remove } of edits) {
          const at = place % (model.length + 1)
          log.edit(who, (body) => {
            const target = textOf(paragraphs(body)[0])
            const gone = Math.min(remove, model.length - at)
            if (gone > 0) target.delete(at, gone)
            target.insert(at, text)
          })
          const letters = [...text].map((letter): [string, string] => [letter, people[who] ?? ''])
          model.splice(at, Math.min(remove, model.length - at), ...letters)
        }
        const { blocks, sittings } = textAt(log.lines, log.owners, log.lines.length)
        const found = byAuthor(blocks, sittings)
        expect(found).toEqual(model)
      }),
      { numRuns: 150 },
    )
  })

  test('somebody who parts a paragraph does not become the author of its second half', () => {
    const log = desk(['ann', 'bob'])
    log.edit(0, (body) => body.insert(0, [newParagraph('Cobalt from the north. Nickel from the south.')]))
    log.edit(1, (body) => {
      textOf(paragraphs(body)[0]).delete(22, 23)
      body.insert(1, [newParagraph(' Nickel from the south.')])
    })
    const { blocks, sittings } = textAt(log.lines, log.owners, 2)
    expect(new Set(byAuthor(blocks, sittings).map(([, author]) => author))).toEqual(new Set(['ann']))
    expect(blocks[1]?.content?.[0]).toMatchObject({ by: 0, movedBy: 1 })
    expect(sittings.map(({ came, went }) => [came, went])).toEqual([
      [8, 0],
      [0, 0],
    ])
  })

  test('an account that writes with a client id of somebody else is not verified', () => {
    const log = desk(['ann', 'bob'])
    log.edit(0, (body) => body.insert(0, [newParagraph('By Ann.')]))
    log.edit(1, (body) => textOf(paragraphs(body)[0]).insert(0, 'By Bob. '))
    const forged = log.lines.map((line) => ({ ...line, userId: 'ann' }))
    expect(textAt(log.lines, log.owners, 2).sittings.map((sitting) => sitting.verified)).toEqual([true, true])
    expect(textAt(forged, log.owners, 2).sittings.map((sitting) => sitting.verified)).toEqual([true, false])
  })
})

describe('the time line', () => {
  test('parts by account and by pause, also while two write at once', () => {
    const log = desk(['ann', 'bob'])
    log.edit(0, (body) => body.insert(0, [newParagraph(''), newParagraph('')]))
    for (let i = 0; i < 6; i++) {
      log.wait(MINUTE)
      log.edit(i % 2, (body) => {
        const text = textOf(paragraphs(body)[i % 2])
        text.insert(text.length, `word${i} `)
      })
    }
    log.wait(10 * MINUTE)
    log.edit(1, (body) => textOf(paragraphs(body)[1]).delete(0, 6))
    const { sittings } = textAt(log.lines, log.owners, 8)
    expect(sittings.map(({ userId, from, to, came, went }) => ({ userId, from, to, came, went }))).toEqual([
      { userId: 'ann', from: 1, to: 6, came: 3, went: 0 },
      { userId: 'bob', from: 3, to: 7, came: 3, went: 0 },
      { userId: 'bob', from: 8, to: 8, came: 0, went: 1 },
    ])
    expect(sittings[0]?.organizationId).toBe('of ann')
  })

  test('typing letter by letter is one word', () => {
    const log = desk(['ann', 'bob'])
    log.edit(0, (body) => body.insert(0, [newParagraph('')]))
    ;[...'a refinery'].forEach((letter, i) => {
      log.edit(0, (body) => textOf(paragraphs(body)[0]).insert(i, letter))
      log.edit(1, (body) => body.insert(body.length, [newParagraph('x')]))
    })
    expect(textAt(log.lines, log.owners, 1).sittings.map(({ came, went }) => [came, went])).toEqual([
      [2, 0],
      [10, 0],
    ])
  })

  test('a moment shows the text as it was then', () => {
    const log = desk(['ann'])
    log.edit(0, (body) => body.insert(0, [newParagraph('First')]))
    log.edit(0, (body) => body.delete(0, 1))
    log.edit(0, (body) => body.insert(0, [newParagraph('Second')]))
    const words = [0, 1, 2, 3].map((moment) =>
      byAuthor(textAt(log.lines, log.owners, moment).blocks, [])
        .map(([letter]) => letter)
        .join(''),
    )
    expect(words).toEqual(['', 'First', '', 'Second'])
  })
})
