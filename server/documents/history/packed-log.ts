import type { PackedLog } from '../worker-protocol'
import { readChunk } from './chunk'
import type { LogLine } from './replay'

/** All lines of a log in order: those that were merged, then single entries. */
export function unpackLog({ chunks = [], data, lines, restores }: PackedLog): LogLine[] {
  const restored = new Map(restores)
  let start = 0
  const single = lines.map(({ seq, userId, organizationId, at, length }): LogLine => {
    const entry = data.subarray(start, start + length)
    start += length
    return { seq, userId, organizationId, at, data: entry }
  })
  return [...chunks.flatMap(readChunk), ...single].map((line) => ({
    ...line,
    restored: restored.get(line.seq),
  }))
}
