import JSZip from 'jszip'
import mammoth from 'mammoth'
import type { Imported } from '../worker-protocol'
import { importHtml } from './import-html'

/** What a .docx may hold unpacked: far above any real text, far below what fills a server. */
const MAX_UNPACKED = 100 * 1024 * 1024
const MAX_PARTS = 2000

type Ask = { bytes: Uint8Array; documentId: string }

/** A .docx → the portal's document. Throws RangeError or TypeError, in words for the sender, for what is none or too large. */
export async function importDocx({ bytes, documentId }: Ask): Promise<Imported> {
  let zip: JSZip
  try {
    zip = await JSZip.loadAsync(bytes)
  } catch {
    throw new TypeError('The file is no .docx: it does not open as one.')
  }
  const parts = Object.values(zip.files)
  if (!zip.file('[Content_Types].xml') || !zip.file('word/document.xml')) {
    throw new TypeError('The file is no .docx: it holds no Word document.')
  }
  if (parts.length > MAX_PARTS)
    throw new RangeError(`The .docx holds ${parts.length} parts; at most ${MAX_PARTS} are read.`)
  let unpacked = 0
  for (const part of parts) {
    if (!part.dir) unpacked += await unpackedSize(part, MAX_UNPACKED - unpacked)
  }
  const result = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    {
      styleMap: [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Quote'] => blockquote > p:fresh",
        "p[style-name='Intense Quote'] => blockquote > p:fresh",
        'u => u',
        'strike => s',
      ],
    },
  )
  const warnings = result.messages
    .filter((message) => message.type === 'error')
    .map((message) => message.message)
  return importHtml(result.value, { documentId, told: warnings })
}

/** Counts while unpacking and stops at the limit: what the archive says of its sizes may be a lie. */
function unpackedSize(part: JSZip.JSZipObject, limit: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let size = 0
    const stream = part.nodeStream()
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) return
      stream.pause()
      reject(new RangeError(`The .docx unpacks to more than ${MAX_UNPACKED / 1024 / 1024} MB.`))
    })
    stream.on('end', () => resolve(size))
    stream.on('error', () => reject(new TypeError('The .docx is damaged: a part of it does not unpack.')))
  })
}
