/**
 * What a document may hold: the one list for the editor, the import and the export. No React and no page is needed.
 * Names of nodes and marks are stored in documents for ever.
 */
import { type Extensions, getSchema, Mark } from '@tiptap/core'
import { Image } from '@tiptap/extension-image'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { StarterKit } from '@tiptap/starter-kit'
import { pictureRef } from '../../domain/picture'
import { Callout, Footnote, PortalLink } from './nodes'
import { SuggestedDelete, SuggestedInsert } from './suggestion-marks'

/** A picture that is kept in the document itself, as one put in offline, must fit into one entry beside the rest of it. */
export const MAX_IMAGE_BYTES = 700 * 1024

const DATA_IMAGE = /^data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+$/

/** A picture in the document itself. */
export const isDataImage = (src: unknown): boolean => typeof src === 'string' && DATA_IMAGE.test(src)

/** In the document or kept by the portal: none from elsewhere, so that reading tells nobody and nothing goes missing. */
export const isKeptImage = (src: unknown): boolean => isDataImage(src) || pictureRef(src) !== null

/** Length of a picture's address in the document: 4 letters for 3 bytes, and its type. */
const MAX_SRC = Math.ceil(MAX_IMAGE_BYTES / 3) * 4 + 32
const fits = (src: unknown): boolean => isKeptImage(src) && String(src).length <= MAX_SRC

const KeptImage = Image.extend({
  parseHTML() {
    return [{ tag: 'img[src]', getAttrs: (element) => (fits(element.getAttribute('src')) ? null : false) }]
  },
  // What a colleague's browser put into the document was not parsed here: nothing else is ever shown or fetched.
  renderHTML({ HTMLAttributes: { src, ...attributes } }) {
    return [
      'img',
      { ...attributes, ...(isKeptImage(src) ? { src } : { alt: 'A picture that is not kept here' }) },
    ]
  },
})

const SAFE_LINK = /^(https?:\/\/|mailto:)/i
export const isSafeLink = (href: unknown): boolean => typeof href === 'string' && SAFE_LINK.test(href)

/** Fixed width goes with no other look, and yet it can be proposed: only the looks are excluded. */
const StartingKit = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map((extension) =>
      extension instanceof Mark && extension.name === 'code'
        ? extension.extend({ excludes: 'bold code italic link strike underline' })
        : extension,
    )
  },
})

/** Everything but undo, carets and the binding to Yjs, which only an open page has. */
export function documentExtensions(): Extensions {
  return [
    StartingKit.configure({
      heading: { levels: [2, 3, 4] },
      // Undo is of one's own work only, and comes with the shared document.
      undoRedo: false,
      codeBlock: false,
      trailingNode: false,
      link: {
        openOnClick: false,
        isAllowedUri: (href) => isSafeLink(href),
        HTMLAttributes: { rel: 'noreferrer noopener', target: '_blank' },
      },
    }),
    KeptImage.configure({ allowBase64: true }),
    // Widths of columns are the document's; dragging them needs a page that can be edited.
    Table.configure({ resizable: true, lastColumnResizable: true }),
    TableRow,
    TableHeader,
    TableCell,
    Callout,
    Footnote,
    PortalLink,
    SuggestedInsert,
    SuggestedDelete,
  ]
}

/** The ProseMirror schema of those extensions. */
export const documentSchema = () => getSchema(documentExtensions())
