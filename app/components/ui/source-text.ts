export type SourcePart = { kind: 'text'; text: string } | { kind: 'link'; href: string; text: string }

const ADDRESS = /https?:\/\/[^\s;<>"]+/g
const SHOWN = 64

/**
 * A source as the records give it: words and addresses mixed, several parted by " ; ". Out: one list of parts for
 * each source, with the addresses in them as links. Only http and https become links.
 */
export function readSource(text: string): SourcePart[][] {
  return text
    .split(/\s+;\s+/)
    .map((one) => partsOf(one.trim()))
    .filter((parts) => parts.length > 0)
}

function partsOf(text: string): SourcePart[] {
  const parts: SourcePart[] = []
  let at = 0
  for (const match of text.matchAll(ADDRESS)) {
    const href = withoutTrailingMarks(match[0])
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) })
    parts.push({ kind: 'link', href, text: shortAddress(href) })
    at = match.index + href.length
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) })
  return parts
}

/** A full stop, a comma or a bracket after an address belongs to the sentence; a bracket opened inside it does not. */
function withoutTrailingMarks(address: string): string {
  const last = address.at(-1) ?? ''
  const opened = address.split('(').length
  const closed = address.split(')').length
  if (/[.,:!'\]]/.test(last) || (last === ')' && closed > opened))
    return withoutTrailingMarks(address.slice(0, -1))
  return address
}

/** What is read of an address: its host and as much of the path as fits. */
function shortAddress(address: string): string {
  const bare = address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  return bare.length > SHOWN ? `${bare.slice(0, SHOWN - 1)}…` : bare
}
