/** Nodes of the portal's own: callouts, footnotes and links to its objects. Names and attributes are stored for ever. */
import { mergeAttributes, Node } from '@tiptap/core'
import { isPortalKind } from '../../domain/portal-link'

/** A footnote or a source has at most so many characters. */
export const MAX_NOTE = 2000

export const CALLOUT_TONES = ['note', 'warning'] as const
type CalloutTone = (typeof CALLOUT_TONES)[number]
export const toneOf = (value: unknown): CalloutTone => (value === 'warning' ? 'warning' : 'note')

/** A framed passage that stands out from the text. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    tone: {
      default: 'note',
      parseHTML: (element) => toneOf(element.getAttribute('data-callout')),
      renderHTML: ({ tone }) => ({ 'data-callout': toneOf(tone) }),
    },
  }),
  parseHTML: () => [{ tag: 'aside[data-callout]' }],
  renderHTML: ({ HTMLAttributes }) => ['aside', mergeAttributes(HTMLAttributes), 0],
})

/** A note or a source, numbered where it stands and listed at the end of its section. */
export const Footnote = Node.create({
  name: 'footnote',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    text: {
      default: '',
      parseHTML: (element) => element.getAttribute('data-footnote')?.slice(0, MAX_NOTE) ?? '',
      renderHTML: ({ text }) => ({ 'data-footnote': noteText(text), title: noteText(text) }),
    },
  }),
  parseHTML: () => [{ tag: 'sup[data-footnote]' }],
  renderHTML: ({ HTMLAttributes }) => ['sup', mergeAttributes(HTMLAttributes)],
  renderText: ({ node }) => ` [${noteText(node.attrs.text)}]`,
})

/** What a footnote says, whatever a colleague's browser put there. */
export const noteText = (text: unknown): string => (typeof text === 'string' ? text.slice(0, MAX_NOTE) : '')

/**
 * A link to an object of the portal. The document holds its kind and id only: the label is read for each reader, so that
 * it stays alive and names nothing to whom it may not be named.
 */
export const PortalLink = Node.create({
  name: 'portalLink',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    kind: {
      default: null,
      parseHTML: (element) => element.getAttribute('data-portal-kind'),
      renderHTML: ({ kind }) => (isPortalKind(kind) ? { 'data-portal-kind': kind } : {}),
    },
    id: {
      default: null,
      parseHTML: (element) => element.getAttribute('data-portal-id'),
      renderHTML: ({ id }) => (typeof id === 'string' ? { 'data-portal-id': id } : {}),
    },
  }),
  parseHTML: () => [
    {
      tag: 'span[data-portal-id]',
      getAttrs: (element) => (isPortalKind(element.getAttribute('data-portal-kind')) ? null : false),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes), '@'],
})
