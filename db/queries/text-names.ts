/** How a text is called and marked, whatever it belongs to; for statements over `documents` joined on the left with the rest. */
import { sql } from 'drizzle-orm'
import type { Marking } from '../../app/domain/marking'
import { PART_LABEL, type PartKind } from '../../app/domain/part-rights'
import { financingRequests } from '../schema/financing'
import { documentParts } from '../schema/parts'
import { documents, proposals } from '../schema/projects'

export const textTitle = sql<string>`coalesce(${proposals.title}, ${financingRequests.title}, ${documents.title})`
export const textMarking = sql<Marking>`coalesce(${proposals.marking}, ${financingRequests.marking}, ${documents.marking})`

const whole = sql.identifier('whole')

/** The title of what a part is a part of; null for all else. */
export const titleOfWhole = sql<string | null>`(
  select coalesce(p.title, r.title, ${whole}.title) from ${documents} ${whole}
  left join ${proposals} p on p.document_id = ${whole}.id
  left join ${financingRequests} r on r.document_id = ${whole}.id
  where ${whole}.id = ${documentParts.wholeId})`

/** Null for what is no part. */
export const partTitle = (part: PartKind | null, of: string | null): string | null =>
  part && `${PART_LABEL[part]} of ${of ?? ''}`
