/**
 * Writes a text of ASCII, as names are, and gives where it ends; null when it holds anything else. For short texts this
 * takes a third of what the library does, which has to be called for each.
 */
export function putAscii(out: Uint8Array, at: number, text: string): number | null {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x80) return null
    out[at + i] = unit
  }
  return at + text.length
}
