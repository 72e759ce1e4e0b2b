/**
 * Search by PostgreSQL's full text: by stem in the languages that partners write in, and by the beginning of a word. Each
 * kind asks the same conditions as its lists, before anything is counted: what one may not see leaves no trace.
 */
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import {
  MATCH,
  type Piece,
  piecesOf,
  SEARCH_KINDS,
  type SearchKind,
  type SearchWish,
  searchWords,
} from '../../app/domain/search'
import type { Queryable } from '../connection'
import { decisions } from '../schema/decisions'
import { minerals, partners } from '../schema/partners'
import { projects, proposals } from '../schema/projects'
import { proposalTexts } from '../schema/search'
import { contains } from './contains'
import { visibleDecision } from './silence'
import { readableProposal, visibleProject } from './visibility'

/** Hits that are counted and ranked; there may be more. */
export const MOST_HITS = 200
const SHOWN_OF_ALL = 8
const SHOWN_OF_ONE = 50

export type Hit = { id: string; path: string; title: string; pieces: Piece[] }
export type Hits = { kind: SearchKind; total: number; hits: Hit[] }

const HEADLINE = `StartSel=${MATCH.start}, StopSel=${MATCH.end}, MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter= … `

/** Of the stems that `forge_tsv` keeps; a text may be in any of them. */
const LANGUAGES = ['english', 'french', 'spanish'] as const

function queryOf(words: readonly string[], typed: string): SQL {
  const beginnings = words.map((word) => `${word}:*`).join(' & ')
  const stems = LANGUAGES.map((language) => sql`websearch_to_tsquery(${sql.raw(`'${language}'`)}, ${typed})`)
  return sql`(${sql.join(stems, sql` || `)} || to_tsquery('simple', ${beginnings}))`
}

/**
 * The lines of a text around what was found. A word that is found by its stem is known only to the language of that stem:
 * the first is taken that knows one.
 */
function headline(text: SQL, query: SQL): SQL<string> {
  const lines = (language: string) =>
    sql`ts_headline(${sql.raw(`'pg_catalog.${language}'`)}, ${text}, ${query}, ${HEADLINE})`
  const known = LANGUAGES.map(
    (language) =>
      sql`(select line from (select ${lines(language)} as line offset 0) as lines where strpos(line, ${MATCH.start}) > 0)`,
  )
  return sql`coalesce(${sql.join(known, sql`, `)}, ${lines('simple')})`
}

type Row = { id: string; title: string; line: string; total: number }

/** A statement that finds, counts and ranks at most `MOST_HITS`, and draws the lines of those shown. */
async function ranked(
  db: Queryable,
  found: SQL,
  { text, query, limit }: { text: SQL; query: SQL; limit: number },
): Promise<Row[]> {
  const { rows } = await db.execute<Row>(sql`
    with found as (${found} limit ${MOST_HITS}),
    best as (select *, (select count(*)::int from found) as total from found order by rank desc, title limit ${limit})
    select id, title, total, ${headline(text, query)} as line from best order by rank desc, title`)
  return rows
}

/** Hits by kind, the best first; none for a search without words. */
export async function search(db: Queryable, actor: Actor, { text, kind }: SearchWish): Promise<Hits[]> {
  const words = searchWords(text)
  if (words.length === 0) return []
  const query = queryOf(words, text)
  const limit = kind ? SHOWN_OF_ONE : SHOWN_OF_ALL
  const all = await Promise.all(
    SEARCH_KINDS.map(async (each): Promise<Hits> => {
      if (kind && kind !== each) return { kind: each, total: 0, hits: [] }
      return { kind: each, ...(await FIND[each](db, actor, { text, query, limit })) }
    }),
  )
  return all.filter(({ total }) => total > 0)
}

type Asked = { text: string; query: SQL; limit: number }
type Found = { total: number; hits: Hit[] }

const hitsOf = (rows: readonly Row[], path: (id: string) => string): Found => ({
  total: rows[0]?.total ?? 0,
  hits: rows.map(({ id, title, line }) => ({ id, path: path(id), title, pieces: piecesOf(line) })),
})

const FIND: Record<SearchKind, (db: Queryable, actor: Actor, asked: Asked) => Promise<Found>> = {
  async project(db, actor, { query, limit }) {
    const found = sql`select ${projects.id} as id, ${projects.title} as title,
        concat_ws(' · ', ${projects.title}, nullif(${projects.summary}, ''), ${projects.place}, ${projects.product}, ${projects.operator}, ${projects.note}) as body,
        ts_rank(projects.tsv, ${query}) as rank
      from ${projects} where projects.tsv @@ ${query} and ${visibleProject(actor)}`
    return hitsOf(await ranked(db, found, { text: sql`body`, query, limit }), (id) => `/projects/${id}`)
  },
  async proposal(db, actor, { query, limit }) {
    const found = sql`select ${proposals.id} as id, ${proposals.title} as title, ${proposalTexts.text} as body,
        ts_rank(proposal_texts.tsv, ${query}) as rank
      from ${proposals} join ${proposalTexts} on ${proposalTexts.proposalId} = ${proposals.id}
      where proposal_texts.tsv @@ ${query} and ${readableProposal(actor)}`
    return hitsOf(await ranked(db, found, { text: sql`body`, query, limit }), (id) => `/proposals/${id}`)
  },
  async decision(db, actor, { query, limit }) {
    const found = sql`select ${decisions.number} as id, ${decisions.number} || ' · ' || ${decisions.title} as title, ${decisions.text} as body,
        ts_rank(decisions.tsv, ${query}) as rank
      from ${decisions} where decisions.tsv @@ ${query} and ${visibleDecision(actor)}`
    return hitsOf(await ranked(db, found, { text: sql`body`, query, limit }), (id) => `/decisions/${id}`)
  },
  async partner(db, _actor, { text, limit }) {
    const rows = await db
      .select({ id: partners.iso2, title: partners.name })
      .from(partners)
      .where(sql`${partners.name} ilike ${contains(text)} or lower(${partners.iso2}) = lower(${text})`)
      .orderBy(asc(partners.name))
      .limit(limit)
    return plain(rows, (iso2) => `/partners/${iso2}`)
  },
  async mineral(db, _actor, { text, limit }) {
    const rows = await db
      .select({ id: minerals.id, title: minerals.name })
      .from(minerals)
      .where(
        and(sql`(${minerals.name} ilike ${contains(text)} or lower(${minerals.symbol}) = lower(${text}))`),
      )
      .orderBy(desc(eq(minerals.isGroup, false)), asc(minerals.name))
      .limit(limit)
    return plain(rows, (id) => `/minerals/${id}`)
  },
}

const plain = (rows: readonly { id: string; title: string }[], path: (id: string) => string): Found => ({
  total: rows.length,
  hits: rows.map(({ id, title }) => ({ id, path: path(id), title, pieces: [] })),
})
