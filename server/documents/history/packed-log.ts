import type { PackedLog } from '../worker-protocol'
import type { LogLine } from './replay'

export function unpackLog({ data, lines, restores }: PackedLog): LogLine[] {
  const restored = new Map(restores)
  let start = 0
  return lines.map(({ length, ...line }) => {
    const entry = data.subarray(start, start + length)
    start += length
    return { ...line, data: entry, restored: restored.get(line.seq) }
  })
}
