/** The document thread. Each job loads what it needs when it is first asked for. */
import { parentPort } from 'node:worker_threads'
import { readyIn, SECTIONS_MAP } from '../../app/domain/section-state'
import { countWords } from '../../app/domain/words'
import { decode, plainText, readFields, readFragment, suggestionsIn } from './formats/read-document'
import { referencesIn, referencesOf } from './formats/references'
import { sectionsOf } from './history/sections'
import type { JobName, JobReply, JobRequest, Jobs, Projected } from './worker-protocol'

/** A vector holds a megabyte, and takes each word in four forms. */
const SEARCHED_LENGTH = 120_000

function project({ data, kind = 'proposal' }: Jobs['project']['ask']): Projected {
  const doc = decode(data)
  const words: Record<string, number> = {}
  const suggestions: Record<string, number> = {}
  const texts: string[] = []
  for (const { fragment } of sectionsOf(kind)) {
    try {
      const text = plainText(readFragment(doc, fragment))
      words[fragment] = countWords(text)
      const open = suggestionsIn(doc, fragment)
      if (open > 0) suggestions[fragment] = open
      texts.push(text)
    } catch {
      // A section nested too deep to be read has no count; the fields are shown all the same.
    }
  }
  const text = texts.join('\n').replaceAll('\0', '').slice(0, SEARCHED_LENGTH)
  const ready = readyIn(doc.getMap(SECTIONS_MAP).toJSON())
  const { links } = referencesOf(doc)
  const answer = { fields: readFields(doc), words, suggestions, ready, text, links }
  doc.destroy()
  return answer
}

async function work(request: JobRequest): Promise<Jobs[JobName]['answer']> {
  switch (request.job) {
    case 'project':
      return project(request.ask)
    case 'suggestedBy':
      return (await import('./history/suggested-by')).suggestedBy(request.ask)
    case 'history':
      return (await import('./history/show')).showHistory(request.ask)
    case 'compact':
      return (await import('./history/compact')).compact(request.ask)
    case 'restore':
      return (await import('./history/restore')).restore(request.ask)
    case 'importMarkdown':
      return (await import('./formats/import-markdown')).importMarkdown(request.ask)
    case 'importDocx':
      return (await import('./formats/import-docx')).importDocx(request.ask)
    case 'exportDocx':
      return (await import('./formats/export-docx')).exportDocx(request.ask)
    case 'exportPdf':
      return (await import('./formats/export-pdf')).exportPdf(request.ask)
    case 'references':
      return referencesIn(request.ask.data)
    case 'writeOutline':
      return (await import('./formats/export-docx')).writeOutline(request.ask)
    case 'printOutline':
      return (await import('./formats/export-pdf')).printOutline(request.ask)
    case 'previewAside':
      return (await import('./formats/aside')).previewAside(request.ask)
    case 'restOfAside':
      return (await import('./formats/aside')).restOfAside(request.ask)
  }
}

/** Jobs that tell in words what is wrong with what they were given, by these kinds of error. */
const TELLING: Partial<Record<JobName, readonly (new () => Error)[]>> = {
  importDocx: [RangeError, TypeError],
  importMarkdown: [RangeError, TypeError],
  history: [RangeError],
  restore: [RangeError],
}
const isInWords = (job: JobName, error: unknown) =>
  TELLING[job]?.some((kind) => error instanceof kind) ?? false

parentPort?.on('message', async (request: JobRequest) => {
  let reply: JobReply
  try {
    reply = { id: request.id, ok: true, answer: await work(request) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    reply = {
      id: request.id,
      ok: false,
      kind: isInWords(request.job, error) ? 'invalid' : 'failed',
      message,
    }
  }
  parentPort?.postMessage(reply)
})
