import type { EditorView } from '@tiptap/pm/view'
import { IMAGE_TYPES, MAX_IMAGE_BYTES } from '../../collab/schema/extensions'
import { toast } from '../ui/toast'

/** Puts picture files into the text, at `at` or in place of the selection. Out: whether there was one. */
export function insertPictures(
  view: EditorView,
  files: FileList | null | undefined,
  at: number | null,
): boolean {
  const all = [...(files ?? [])]
  if (all.length === 0) return false
  for (const file of all) {
    const problem = problemOf(file)
    if (problem) toast(problem, 'problem')
    else void insert(view, file, at)
  }
  return true
}

function problemOf(file: File): string | null {
  if (!IMAGE_TYPES.some((type) => type === file.type))
    return `${file.name} is no PNG, JPEG, WebP or GIF picture, so it was not put in.`
  if (file.size > MAX_IMAGE_BYTES)
    return `${file.name} has ${Math.ceil(file.size / 1024)} KB; a picture in the text has at most ${MAX_IMAGE_BYTES / 1024} KB.`
  return null
}

async function insert(view: EditorView, file: File, at: number | null) {
  const src = await dataUrl(file)
  const type = view.state.schema.nodes.image
  if (!type || view.isDestroyed || !view.editable) return
  const node = type.create({ src, alt: file.name.replace(/\.[^.]*$/, '') })
  const { tr } = view.state
  view.dispatch(
    at === null ? tr.replaceSelectionWith(node) : tr.insert(Math.min(at, tr.doc.content.size), node),
  )
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
