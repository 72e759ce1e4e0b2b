import type { EditorView } from '@tiptap/pm/view'
import { MAX_IMAGE_BYTES } from '../../collab/schema/extensions'
import { toast } from '../ui/toast'

/** What a picture file may be. SVG is not among them: it is a program more than a picture. */
const READ = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']
/** What Word and PDF readers show: anything else is turned into one of these. */
const KEPT_AS_IS = ['image/png', 'image/jpeg']
/** A photograph of this many pixels across fills a printed page. */
const LONGEST_SIDE = 1800
const MAX_FILE_BYTES = 40 * 1024 * 1024

export const PICTURE_TYPES = READ.join(',')

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024).toLocaleString('en')} KB`

/** Puts picture files into the text, at `at` or in place of the selection. Out: whether there was one. */
export function insertPictures(
  view: EditorView,
  files: FileList | null | undefined,
  at: number | null,
): boolean {
  const all = [...(files ?? [])]
  if (all.length === 0) return false
  void insertInTurn(view, all, at)
  return true
}

async function insertInTurn(view: EditorView, files: readonly File[], at: number | null) {
  for (const file of files) {
    const picture = await toPicture(file)
    if ('problem' in picture) {
      toast(picture.problem, 'problem')
      continue
    }
    const type = view.state.schema.nodes.image
    if (!type || view.isDestroyed || !view.editable) return
    if (picture.note) toast(picture.note)
    const node = type.create({ src: await dataUrl(picture.bytes), alt: file.name.replace(/\.[^.]*$/, '') })
    const { tr } = view.state
    // The text may have changed while the picture was read.
    const place = at === null ? null : Math.min(at, tr.doc.content.size)
    view.dispatch(place === null ? tr.replaceSelectionWith(node) : tr.replaceRangeWith(place, place, node))
  }
}

type Picture = { bytes: Blob; note: string | null } | { problem: string }

/** A file as a picture that fits into the document; large ones are made smaller. */
async function toPicture(file: File): Promise<Picture> {
  if (!READ.includes(file.type))
    return { problem: `${file.name} is no PNG, JPEG or WebP picture, so it was not put in.` }
  if (file.size > MAX_FILE_BYTES)
    return { problem: `${file.name} has ${kilobytes(file.size)}; a picture file has at most 40 MB.` }
  if (KEPT_AS_IS.includes(file.type) && file.size <= MAX_IMAGE_BYTES) return { bytes: file, note: null }
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return { problem: `${file.name} cannot be read as a picture, so it was not put in.` }
  const bytes = await smaller(bitmap, file.type !== 'image/jpeg')
  bitmap.close()
  if (!bytes) {
    return {
      problem: `${file.name} has ${kilobytes(file.size)}, and could not be made smaller than ${kilobytes(MAX_IMAGE_BYTES)}, the limit for a picture in the text.`,
    }
  }
  const note =
    file.size > MAX_IMAGE_BYTES
      ? `${file.name} was made smaller to fit into the text: ${kilobytes(bytes.size)} instead of ${kilobytes(file.size)}.`
      : null
  return { bytes, note }
}

/** PNG where that fits (drawings stay sharp and transparent), else JPEG, at fewer and fewer pixels. */
async function smaller(bitmap: ImageBitmap, mayBePng: boolean): Promise<Blob | null> {
  let side = Math.min(LONGEST_SIDE, Math.max(bitmap.width, bitmap.height))
  for (let round = 0; round < 5; round++) {
    for (const type of mayBePng ? ['image/png', 'image/jpeg'] : ['image/jpeg']) {
      const blob = await draw(bitmap, side, type)
      if (blob && blob.size <= MAX_IMAGE_BYTES) return blob
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
