/** Links in a text to objects of the portal. */
import { z } from 'zod'

export const PORTAL_KINDS = ['project', 'partner', 'mineral', 'decision'] as const
export type PortalKind = (typeof PORTAL_KINDS)[number]

export const PORTAL_KIND_LABEL: Record<PortalKind, string> = {
  project: 'Project',
  partner: 'Partner',
  mineral: 'Mineral',
  decision: 'Decision',
}

export const isPortalKind = (value: unknown): value is PortalKind =>
  PORTAL_KINDS.some((kind) => kind === value)

export type PortalRef = { kind: PortalKind; id: string }
/** What a reader may know of it: null where it is not there, or not for them. */
export type PortalLabel = { label: string; path: string } | null

export const NOT_AVAILABLE = 'not available to you'

const MAX_ID = 100

/** `project:0199…`, as it stands in an address and as a key. */
export const refKey = ({ kind, id }: PortalRef): string => `${kind}:${id}`

const ref = z.object({ kind: z.enum(PORTAL_KINDS), id: z.string().min(1).max(MAX_ID) })

/** A reference of a text's attributes or an address; null for what is none. */
export const readRef = (value: unknown): PortalRef | null => ref.safeParse(value).data ?? null

export function refOfKey(key: string): PortalRef | null {
  const at = key.indexOf(':')
  return readRef({ kind: key.slice(0, at), id: key.slice(at + 1) })
}
