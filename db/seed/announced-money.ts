/**
 * What was announced of projects' money, as rows of the pipeline and its ledger. How the sources' words are read, each with
 * its reason; the words themselves are kept beside. Only what a source says outright is more than indicated.
 */
import { asc, eq } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { Instrument } from '../../app/domain/money-instruments'
import type { LedgerKind } from '../../app/domain/money-ledger'
import type { FinancingStage } from '../../app/domain/money-stages'
import type { Database } from '../connection'
import { financingAsks, financingRequests, institutions } from '../schema/financing'
import { ledgerEntries } from '../schema/ledger'
import { announcedFinancing, projects } from '../schema/projects'
import { INSTITUTIONS } from './institutions'

type Words = { instrument: string | null; status: string | null }
type Reading = { stage: FinancingStage; kinds: readonly LedgerKind[] }

const INDICATED: Reading = { stage: 'enquiry', kinds: ['indicated'] }

/** The stage and the kinds of money that the words stand for. */
export function readMoney({ instrument, status }: Words): Reading {
  const [what, how] = [instrument ?? '', status ?? '']
  // Not money: an institution says that it would look at an application.
  if (/letter of interest/.test(what)) return { stage: 'letter_of_interest', kinds: ['indicated'] }
  // A signature binds, and nothing is signed before it was approved.
  if (/signed/.test(how)) return { stage: 'committed', kinds: ['approved', 'committed'] }
  if (/commitment letter/.test(what)) return { stage: 'committed', kinds: ['approved', 'committed'] }
  // Approved with conditions, or called secured by its borrower: not yet said to be signed.
  if (/conditional approval|secured/.test(how)) return { stage: 'approved', kinds: ['approved'] }
  // Shares that were acquired, and money that was provided, without an amount.
  if (/acquired/.test(how)) return { stage: 'completed', kinds: [] }
  if (/provided/.test(how)) return { stage: 'disbursing', kinds: [] }
  // "Announced", "proposed", "planned", "reported", "expected": nobody is bound.
  return INDICATED
}

const INSTRUMENT: readonly [RegExp, Instrument][] = [
  [/price floor/, 'price_support'],
  [/equity|% of the company|stake/, 'equity'],
  [/subsid|grant/, 'grant'],
  [/loan|commitment letter/, 'direct_loan'],
]
/** Which of the portal's instruments the words name; null where they name none ("investment", "letter of interest"). */
export const readInstrument = (words: string | null): Instrument | null =>
  INSTRUMENT.find(([pattern]) => pattern.test(words ?? ''))?.[1] ?? null

/** The source's date where it is a whole day; a month or a season is kept in its words only. */
const dayOf = (date: string | null) => (date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : null)

/** Every announced line as an ask with its ledger; once: a portal that holds some stays as it is. */
export async function seedAnnouncedMoney(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const [held] = await tx
      .select({ id: financingRequests.id })
      .from(financingRequests)
      .where(eq(financingRequests.state, 'announced'))
      .limit(1)
    if (held) return
    const lines = await tx
      .select({
        line: announcedFinancing,
        title: projects.title,
        marking: projects.marking,
        source: projects.source,
        confidence: projects.confidence,
      })
      .from(announcedFinancing)
      .innerJoin(projects, eq(projects.id, announcedFinancing.projectId))
      .orderBy(asc(announcedFinancing.projectId), asc(announcedFinancing.position))
    const bodies = await tx
      .select({ id: institutions.organizationId, code: institutions.code })
      .from(institutions)
    const bodyOf = (name: string) => {
      const named = INSTITUTIONS.find(({ called }) => called.includes(name))
      return bodies.find(({ code }) => code === named?.code)?.id ?? null
    }
    const requests = new Map<string, string>()
    for (const { line, title, marking, source, confidence } of lines) {
      const requestId = requests.get(line.projectId) ?? newId()
      if (!requests.has(line.projectId)) {
        requests.set(line.projectId, requestId)
        await tx
          .insert(financingRequests)
          .values({ id: requestId, projectId: line.projectId, title, state: 'announced', marking })
      }
      const { stage, kinds } = readMoney(line)
      const askId = newId()
      const currency = line.currency ?? 'USD'
      const day = dayOf(line.date)
      await tx.insert(financingAsks).values({
        ...{
          id: askId,
          requestId,
          institutionId: bodyOf(line.sourceOfFunds),
          sourceName: line.sourceOfFunds,
        },
        ...{ instrument: readInstrument(line.instrument), announcedInstrument: line.instrument },
        ...{ announcedStatus: line.status, announcedDate: line.date, source, confidence, currency, stage },
        ...(day ? { stageSince: new Date(`${day}T00:00:00Z`), askedAt: new Date(`${day}T00:00:00Z`) } : {}),
      })
      if (line.amount === null) continue
      for (const kind of kinds)
        await tx.insert(ledgerEntries).values({
          ...{
            id: newId(),
            key: `announced ${line.projectId} ${line.position} ${kind}`,
            askId,
            kind,
            currency,
          },
          ...{ amount: line.amount, onDate: day, upTo: line.upTo, source },
          note: [line.instrument, line.status].filter(Boolean).join(', '),
        })
    }
  })
}
