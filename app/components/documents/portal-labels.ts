/**
 * What links to the portal's objects say to the reader, asked of the portal: one request for all that a page shows at a
 * moment. Told anew after a while, so that a label that changed shows.
 */
import { type PortalLabel, type PortalRef, refKey } from '../../domain/portal-link'

const FRESH_MS = 60_000
const GATHER_MS = 30
const AT_ONCE = 100

type Known = { at: number; label: PortalLabel }
const known = new Map<string, Known>()
const listeners = new Set<() => void>()
let wanted = new Set<string>()
let isAsking = false

/** What is known of it; undefined: not yet. Asks for it where that is nothing or old. */
export function labelOf(ref: PortalRef): PortalLabel | undefined {
  const key = refKey(ref)
  const held = known.get(key)
  if (!held || Date.now() - held.at > FRESH_MS) want(key)
  return held?.label
}

/** Calls the listener when labels came. Out: what ends it. */
export function onLabels(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function want(key: string) {
  wanted.add(key)
  if (isAsking) return
  isAsking = true
  setTimeout(() => void ask(), GATHER_MS)
}

async function ask() {
  const keys = [...wanted].slice(0, AT_ONCE)
  const rest = [...wanted].slice(AT_ONCE)
  wanted = new Set()
  isAsking = false
  for (const key of rest) want(key)
  const query = new URLSearchParams(keys.map((key) => ['ref', key]))
  const answer = await fetch(`/portal-links?${query}`, { redirect: 'error' }).catch(() => null)
  // Nobody answered: what was known stays, and is asked for again when it is next drawn.
  if (!answer?.ok) return
  const { labels }: { labels: Record<string, PortalLabel> } = await answer.json()
  const at = Date.now()
  for (const key of keys) known.set(key, { at, label: labels[key] ?? null })
  for (const listener of listeners) listener()
}
