import * as Y from 'yjs'
import { BODY_FRAGMENT } from '../../app/domain/proposal-template'
import type { MinutesPart } from '../../app/domain/session/minutes'

/** The Yjs update with which the text of minutes begins: what the log tells, to be written on together. */
export function minutesText(parts: readonly MinutesPart[]): Uint8Array {
  const doc = new Y.Doc()
  doc.getXmlFragment(BODY_FRAGMENT).insert(
    0,
    parts.flatMap(({ heading, lines }) => [
      titled(heading),
      ...lines.map(({ kind, text }) => (kind === 'quote' ? quoted(text) : paragraph(text))),
    ]),
  )
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

/** What no text can hold is left out. */
const storable = (text: string) => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')

function element(name: string, content: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name)
  made.insert(0, content)
  return made
}

const paragraph = (text: string) => element('paragraph', [new Y.XmlText(storable(text))])

function titled(text: string): Y.XmlElement {
  const heading: Y.XmlElement<{ level: number }> = new Y.XmlElement('heading')
  heading.setAttribute('level', 2)
  heading.insert(0, [new Y.XmlText(storable(text))])
  return heading as Y.XmlElement
}

const quoted = (text: string) =>
  element(
    'blockquote',
    text
      .split(/\n+/)
      .filter((line) => line.trim())
      .map(paragraph),
  )
