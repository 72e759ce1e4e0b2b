import type { EditorView } from '@tiptap/pm/view'
import { MAX_IMAGE_BYTES } from '../../collab/schema/extensions'
import { MAX_PICTURE_BYTES, pictureRef } from '../../domain/picture'
import { toast } from '../ui/toast'
import { adoptPicture, sendPicture } from './send-picture'

/** What a picture file may be. SVG is not among them: it is a program more than a picture. */
const READ = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']
/** What Word and PDF readers show: anything else is turned into one of these. */
const KEPT_AS_IS = ['image/png', 'image/jpeg']
/** A photograph of this many pixels across fills a printed page. */
const LONGEST_SIDE = 2400
const MAX_FILE_BYTES = 40 * 1024 * 1024
/** A camera's photograph is made smaller: nobody reads a page with ten of them. */
const LARGE_BYTES = 3 * 1024 * 1024

export const PICTURE_TYPES = READ.join(',')

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024).toLocaleString('en')} KB`

/**
 * Puts picture files into the text of a document, at `at` or in place of the selection. Out: whether there was one. The
 * portal keeps them; while it cannot be reached, the document itself does.
 */
export function insertPictures(
  view: EditorView,
  documentId: string,
  files: FileList | null | undefined,
  at: number | null,
): boolean {
  const all = [...(files ?? [])]
  if (all.length === 0) return false
  void insertInTurn(view, documentId, all, at)
  return true
}

async function insertInTurn(view: EditorView, documentId: string, files: readonly File[], at: number | null) {
  for (const file of files) {
    const picture = await toPicture(file, documentId)
    if ('problem' in picture) {
      toast(picture.problem, 'problem')
      continue
    }
    const type = view.state.schema.nodes.image
    if (!type || view.isDestroyed || !view.editable) return
    if (picture.note) toast(picture.note)
    const node = type.create({ src: picture.src, alt: file.name.replace(/\.[^.]*$/, '') })
    const { tr } = view.state
    // The text may have changed while the picture was read.
    const place = at === null ? null : Math.min(at, tr.doc.content.size)
    view.dispatch(place === null ? tr.replaceSelectionWith(node) : tr.replaceRangeWith(place, place, node))
  }
}

type Picture = { src: string; note: string | null } | { problem: string }

/** A file as a picture that the portal or the document keeps; large ones are made smaller. */
async function toPicture(file: File, documentId: string): Promise<Picture> {
  if (!READ.includes(file.type))
    return { problem: `${file.name} is no PNG, JPEG or WebP picture, so it was not put in.` }
  if (file.size > MAX_FILE_BYTES)
    return { problem: `${file.name} has ${kilobytes(file.size)}; a picture file has at most 40 MB.` }
  const asIs = KEPT_AS_IS.includes(file.type) && file.size <= LARGE_BYTES
  const bytes = asIs ? file : await drawn(file, MAX_PICTURE_BYTES)
  if (!bytes) return { problem: `${file.name} cannot be read as a picture, so it was not put in.` }
  const sent = await sendPicture(documentId, bytes)
  if (sent !== 'away') return 'problem' in sent ? sent : { ...sent, note: smallerNote(file, bytes) }
  const small = bytes.size <= MAX_IMAGE_BYTES ? bytes : await drawn(file, MAX_IMAGE_BYTES)
  if (!small) {
    return {
      problem: `${file.name} could not be sent to the portal, and is too large to be kept in the text until then.`,
    }
  }
  return { src: await dataUrl(small), note: smallerNote(file, small) }
}

const smallerNote = (file: File, bytes: Blob) =>
  bytes.size < file.size && file.size > LARGE_BYTES
    ? `${file.name} was made smaller: ${kilobytes(bytes.size)} instead of ${kilobytes(file.size)}.`
    : null

/** The picture drawn anew, in at most so many bytes; null when it cannot be read or not be made that small. */
async function drawn(file: File, most: number): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const bytes = await smaller(bitmap, file.type !== 'image/jpeg', most)
  bitmap.close()
  return bytes
}

/** Pictures of other documents that came with a pasted passage: this document gets them too, and names its own. */
export async function adoptPictures(view: EditorView, documentId: string): Promise<void> {
  const foreign = new Set<string>()
  view.state.doc.descendants((node) => {
    const ref = node.type.name === 'image' ? pictureRef(node.attrs.src) : null
    if (ref && ref.documentId !== documentId) foreign.add(String(node.attrs.src))
  })
  for (const src of foreign) {
    const sent = await adoptPicture(documentId, src)
    if (view.isDestroyed || !view.editable) return
    if (sent === 'away' || 'problem' in sent) {
      toast('A picture of another document could not be taken over: put it in as a file.', 'problem')
      continue
    }
    const { tr } = view.state
    view.state.doc.descendants((node, pos) => {
      if (node.type.name === 'image' && node.attrs.src === src) tr.setNodeAttribute(pos, 'src', sent.src)
    })
    view.dispatch(tr)
  }
}

/** PNG where that fits (drawings stay sharp and transparent), else JPEG, at fewer and fewer pixels. */
async function smaller(bitmap: ImageBitmap, mayBePng: boolean, most: number): Promise<Blob | null> {
  let side = Math.min(LONGEST_SIDE, Math.max(bitmap.width, bitmap.height))
  for (let round = 0; round < 5; round++) {
    for (const type of mayBePng ? ['image/png', 'image/jpeg'] : ['image/jpeg']) {
      const blob = await draw(bitmap, side, type)
      if (blob && blob.size <= most) return blob
    }
    side *= 0.7
  }
  return null
}

function draw(bitmap: ImageBitmap, side: number, type: string): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return Promise.resolve(null)
  if (type === 'image/jpeg') {
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, type, 0.85))
}

function dataUrl(bytes: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(bytes)
  })
}
