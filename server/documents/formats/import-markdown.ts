import { marked } from 'marked'
import type { Imported } from '../worker-protocol'
import { importHtml } from './import-html'

/** Markdown (GitHub's flavour) → the portal's document. */
export async function importMarkdown(text: string): Promise<Imported> {
  return importHtml(await marked.parse(text.replace(/^\uFEFF/, ''), { gfm: true, async: true }))
}
