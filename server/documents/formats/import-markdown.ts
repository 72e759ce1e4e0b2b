import { marked } from 'marked'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Imported } from '../worker-protocol'
import { importHtml } from './import-html'

/** What the portal reads of a text's front matter; the rest of it is for machines. */
const matter = z.object({
  title: z.string().optional().catch(undefined),
  date: z
    .union([z.string(), z.date().transform((date) => date.toISOString().slice(0, 10))])
    .optional()
    .catch(undefined),
  source_url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .catch(undefined),
})

type Ask = { text: string; documentId: string }

/** Markdown (GitHub's flavour) → the portal's document. Front matter gives the title, and the source above the text. */
export async function importMarkdown({ text, documentId }: Ask): Promise<Imported> {
  const { body, front } = split(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
  const above = front.source_url
    ? `Source${front.date ? `, ${front.date}` : ''}: <${front.source_url}>\n\n`
    : ''
  const imported = importHtml(await marked.parse(above + body, { gfm: true, async: true }), { documentId })
  return { ...imported, title: front.title?.replace(/\s+/g, ' ').trim().slice(0, 200) || imported.title }
}

function split(text: string): { body: string; front: z.output<typeof matter> } {
  const found = /^---\n([\s\S]*?)\n---[ \t]*\n/.exec(text)
  if (!found) return { body: text, front: {} }
  try {
    const read = matter.safeParse(parse(found[1] ?? ''))
    if (read.success) return { body: text.slice(found[0].length), front: read.data }
  } catch {
    // Two lines of hyphens around something else: it is text.
  }
  return { body: text, front: {} }
}
