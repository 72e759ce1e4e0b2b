/** What a document's fields say, in SQL within a second of an edit: lists and maps show live figures. */
import { eq, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { readProposalFields } from '../../app/domain/proposal-fields'
import type { Database } from '../../db/connection'
import { channelEntries, channels } from '../../db/schema/channels'
import { documents, proposalFields, proposals } from '../../db/schema/projects'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from '../documents/worker-client'

/** Edits of this long are read together. */
const GATHER_MS = 250
/** After a failure (the database is away, say). */
const RETRY_MS = 2000
/** What a crash between commit and projection left behind is found again at start and then this often. */
const SWEEP_MS = 60_000

type Parts = { db: Database; channels: Channels; documents: DocumentWorker; log: Logger }

export type Projection = { stop: () => Promise<void> }

/** Follows the engine's commits and keeps `proposal_fields` up with them. One document at a time. */
export function startProjection(parts: Parts): Projection {
  const { db, channels: engine, log } = parts
  const due = new Map<string, NodeJS.Timeout>()
  let working: Promise<void> = Promise.resolve()
  let stopped = false

  function plan(channelId: string, wait: number) {
    if (stopped || due.has(channelId)) return
    due.set(channelId, setTimeout(() => take(channelId), wait).unref())
  }

  function take(channelId: string) {
    due.delete(channelId)
    working = working.then(async () => {
      if (stopped) return
      try {
        await projectDocument(parts, channelId)
      } catch (error) {
        log.warn({ err: error, channelId }, 'a document could not be projected yet')
        plan(channelId, RETRY_MS)
      }
    })
  }

  async function sweep() {
    try {
      const behind = await db
        .select({ id: channels.id })
        .from(channels)
        .where(sql`${channels.kind} = 'document' and ${channels.projected} < ${channels.head}`)
        .limit(1000)
      for (const { id } of behind) plan(id, 0)
    } catch (error) {
      log.warn({ err: error }, 'documents to project could not be looked up yet')
    }
  }

  engine.onCommitted((channelId) => plan(channelId, GATHER_MS))
  const sweeping = setInterval(sweep, SWEEP_MS).unref()
  void sweep()
  return {
    async stop() {
      clearInterval(sweeping)
      for (const timer of due.values()) clearTimeout(timer)
      stopped = true
      await working
    },
  }
}

/** Reads one document and writes what it says, unless something newer is written already. */
export async function projectDocument({ db, channels: engine, documents: worker }: Parts, channelId: string) {
  const state = await engine.load(channelId)
  if (!state) return
  const [found] = await db
    .select({ proposalId: proposals.id })
    .from(documents)
    .leftJoin(proposals, eq(proposals.documentId, documents.id))
    .where(eq(documents.channelId, channelId))
  const { seq } = state
  if (found?.proposalId) {
    const { fields: raw, words } = await worker.run('project', { data: state.data })
    const { fields, problems } = readProposalFields(raw)
    const [last] = await db
      .select({ at: channelEntries.at, by: channelEntries.userId })
      .from(channelEntries)
      .where(sql`${channelEntries.channelId} = ${channelId} and ${channelEntries.seq} = ${seq}`)
    const timetable = Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        name.startsWith('timetable.') && typeof value === 'string'
          ? [[name.slice('timetable.'.length), value]]
          : [],
      ),
    )
    const row = {
      seq,
      minerals: fields.minerals ?? null,
      stages: fields.stages ?? null,
      product: fields.product ?? null,
      capacityTonnes: fields.capacity ?? null,
      capitalCost: fields.capitalCost ?? null,
      currency: fields.currency ?? null,
      priceYear: fields.priceYear ?? null,
      place: fields.place ?? null,
      countryIso2: fields.country ?? null,
      lat: fields.site?.lat ?? null,
      lon: fields.site?.lon ?? null,
      operator: fields.operator ?? null,
      timetable,
      problems,
      words,
      lastWrittenAt: last?.at ?? null,
      lastWrittenBy: last?.by ?? null,
    }
    await db
      .insert(proposalFields)
      .values({ proposalId: found.proposalId, ...row })
      .onConflictDoUpdate({
        target: proposalFields.proposalId,
        set: row,
        setWhere: sql`${proposalFields.seq} <= excluded.seq`,
      })
  }
  await db
    .update(channels)
    .set({ projected: sql`greatest(${channels.projected}, ${seq})` })
    .where(eq(channels.id, channelId))
}
