/** The pages of financing: a request, an ask with its money, a project's money, facilities. */
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { notFound } from '../../app/domain/fault'
import { CONDITION_ACTS } from '../../app/domain/money-conditions'
import { gapOf, LEDGER_KINDS, totalsOf } from '../../app/domain/money-ledger'
import { limitWarnings } from '../../app/domain/money-limits'
import { FINANCING_MOVES, type FinancingStage, isOver } from '../../app/domain/money-stages'
import { TRANCHE_ACTS } from '../../app/domain/money-tranches'
import type { Actor } from '../../app/domain/people'
import { mayBeRecorded, mayWithCondition, mayWithTranche } from '../../app/domain/request-rights'
import { can, seesHistory } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { financingFiles, financingMoves, financingQuestions, institutions } from '../schema/financing'
import { conditionEvents, conditions, facilities, ledgerEntries, tranches } from '../schema/ledger'
import { projects } from '../schema/projects'
import { documentFor, scopedDocument } from './documents'
import { allInstitutions, ledgerOf, pipelineRows } from './pipeline'
import { projectPage } from './project-page'
import { scopedAsk, scopedRequest } from './requests'
import { soughtBy } from './sought'

const answerer = alias(user, 'answerer')

const questionLine = {
  id: financingQuestions.id,
  askId: financingQuestions.askId,
  fragment: financingQuestions.fragment,
  text: financingQuestions.text,
  askedBy: user.name,
  askedAt: financingQuestions.askedAt,
  answer: financingQuestions.answer,
  answeredBy: answerer.name,
  answeredAt: financingQuestions.answeredAt,
}

const questionsOf = (db: Queryable, askIds: readonly string[]) =>
  askIds.length === 0
    ? Promise.resolve([])
    : db
        .select(questionLine)
        .from(financingQuestions)
        .innerJoin(user, eq(user.id, financingQuestions.askedBy))
        .leftJoin(answerer, eq(answerer.id, financingQuestions.answeredBy))
        .where(inArray(financingQuestions.askId, [...askIds]))
        .orderBy(asc(financingQuestions.askedAt))

/** A request with its text's document and the asks that the actor may know of. Throws `notFound`. */
export async function requestPage(db: Queryable, actor: Actor, id: string) {
  const found = await scopedRequest(db, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const { request, projectTitle, scope } = found
  const reads = can(actor, 'read', scope)
  const [asks, document, bodies, sought] = await Promise.all([
    pipelineRows(db, actor, { stage: null, institution: null, projectId: null, requestId: id }),
    reads && request.documentId ? documentFor(db, actor, request.documentId, 'read') : null,
    can(actor, 'ask', scope) ? allInstitutions(db) : [],
    reads ? soughtBy(db, id) : null,
  ])
  return {
    id,
    title: request.title,
    state: request.state,
    marking: request.marking,
    project: { id: request.projectId, title: projectTitle },
    asks,
    document: document && {
      id: document.id,
      channelId: document.channelId,
      owner: document.owner,
      grants: document.grants,
      mayInvite: can(actor, 'invite', document.scope),
      seesHistory: seesHistory(actor, document.scope),
    },
    institutions: bodies,
    sought,
    questions: reads
      ? await questionsOf(
          db,
          asks.map((ask) => ask.id),
        )
      : [],
    mayAsk: can(actor, 'ask', scope),
    mayAnswer: can(actor, 'answer', scope),
    askId: await askToQuestion(db, actor, asks),
  }
}

/** The ask of the actor's institution at which they may ask the authors; null for everybody else. One query at most. */
async function askToQuestion(
  db: Queryable,
  actor: Actor,
  asks: readonly { id: string; stage: FinancingStage }[],
): Promise<string | null> {
  if (actor.organization.kind !== 'institution') return null
  const open = asks.find(({ stage }) => !isOver(stage))
  const found = open && (await scopedAsk(db, open.id))
  return found && can(actor, 'question', found.scope) ? found.ask.id : null
}

/** One ask: its stage and history for who may know of it, its money for who may see that. Throws `notFound`. */
export async function askPage(db: Queryable, actor: Actor, id: string) {
  const found = await scopedAsk(db, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const { ask, request, scope } = found
  const seesMoney = can(actor, 'money', scope)
  const [project] = await db.select().from(projects).where(eq(projects.id, request.projectId))
  const [moves, money, questions] = await Promise.all([
    db
      .select({ move: financingMoves, by: user.name, of: organization.name })
      .from(financingMoves)
      .innerJoin(user, eq(user.id, financingMoves.userId))
      .innerJoin(organization, eq(organization.id, financingMoves.organizationId))
      .where(eq(financingMoves.askId, id))
      .orderBy(desc(financingMoves.at)),
    seesMoney ? moneyOf(db, actor, found) : null,
    can(actor, 'read', scope.request) ? questionsOf(db, [id]) : [],
  ])
  const code = money?.code ?? null
  return {
    ask: { ...ask, termsDocumentId: null },
    request: { id: request.id, title: request.title, state: request.state, marking: request.marking },
    project: { id: request.projectId, title: project?.title ?? '' },
    // Reasons and documents of a move may tell of money.
    moves: moves.map(({ move, by, of }) => ({
      ...{ id: move.id, move: move.move, before: move.before, after: move.after, at: move.at, by, of },
      reason: seesMoney ? move.reason : null,
      dateOn: move.dateOn,
      fileId: seesMoney ? move.fileId : null,
    })),
    money,
    questions,
    warnings:
      money && ask.instrument && money.requested
        ? limitWarnings({
            ...{ institution: code ?? '', instrument: ask.instrument, amount: money.requested },
            ...{ currency: ask.currency, tenorYears: ask.details?.tenorYears ?? null },
            capitalCost: project?.currency === ask.currency ? (project?.capitalCost ?? null) : null,
          })
        : [],
    may: {
      moves: FINANCING_MOVES.filter((move) => can(actor, move, scope)),
      record: LEDGER_KINDS.filter(
        (kind) =>
          kind !== 'disbursed' && mayBeRecorded(kind, ask.stage) && can(actor, `record_${kind}`, scope),
      ),
      question: can(actor, 'question', scope),
      answer: can(actor, 'answer', scope.request),
      condition: seesMoney && can(actor, 'condition', scope),
      tranche: seesMoney && can(actor, 'tranche', scope),
      nameReaders: can(actor, 'name_reader', scope),
      beginTerms:
        seesMoney &&
        request.state !== 'announced' &&
        (can(actor, 'question', scope) || can(actor, 'name_reader', scope)),
      prove: actor.organization.kind === 'secretariat',
    },
  }
}

async function moneyOf(
  db: Queryable,
  actor: Actor,
  { ask, request, scope }: NonNullable<Awaited<ReturnType<typeof scopedAsk>>>,
) {
  const [entries, set, parts, bodies, own, parties, files, events] = await Promise.all([
    ledgerOf(db, [ask.id]),
    db
      .select({ condition: conditions, responsible: organization.name })
      .from(conditions)
      .innerJoin(organization, eq(organization.id, conditions.responsibleId))
      .where(eq(conditions.askId, ask.id))
      .orderBy(asc(conditions.createdAt)),
    db.select().from(tranches).where(eq(tranches.askId, ask.id)).orderBy(asc(tranches.number)),
    ask.institutionId
      ? db.select().from(institutions).where(eq(institutions.organizationId, ask.institutionId))
      : [],
    ask.institutionId && can(actor, 'record_committed', scope)
      ? db
          .select({ id: facilities.id, name: facilities.name })
          .from(facilities)
          .where(and(eq(facilities.institutionId, ask.institutionId), eq(facilities.currency, ask.currency)))
      : [],
    request.documentId ? scopedDocument(db, request.documentId) : null,
    db
      .select({
        id: financingFiles.id,
        name: financingFiles.name,
        at: financingFiles.at,
        sha256: financingFiles.sha256,
      })
      .from(financingFiles)
      .where(eq(financingFiles.askId, ask.id)),
    db
      .select({ event: conditionEvents, by: user.name })
      .from(conditionEvents)
      .innerJoin(conditions, eq(conditions.id, conditionEvents.conditionId))
      .innerJoin(user, eq(user.id, conditionEvents.userId))
      .where(eq(conditions.askId, ask.id))
      .orderBy(asc(conditionEvents.at)),
  ])
  const reversed = new Set(entries.map(({ reversesId }) => reversesId))
  const takingPart = parties
    ? [
        { id: parties.owner.id, name: parties.owner.name },
        ...parties.grants.map((one) => ({ id: one.delegationId, name: one.name })),
      ]
    : []
  return {
    code: bodies[0]?.code ?? null,
    entries: entries.map((entry) => ({
      ...entry,
      isReversed: reversed.has(entry.id),
      mayReverse:
        !entry.reversesId &&
        !reversed.has(entry.id) &&
        entry.userId !== null &&
        can(actor, `record_${entry.kind}`, scope),
    })),
    totals: totalsOf(entries)[0] ?? null,
    requested: totalsOf(entries)[0]?.sums.requested ?? null,
    conditions: set.map(({ condition, responsible }) => ({
      ...condition,
      responsible,
      acts: CONDITION_ACTS.filter(
        (act) =>
          mayWithCondition(actor, act, {
            ask: scope,
            state: condition.state,
            responsibleId: condition.responsibleId,
          }) &&
          (act === 'confirm_waiver'
            ? condition.waiverBy !== null && condition.waiverBy !== actor.userId
            : act !== 'propose_waiver' || condition.waiverBy === null),
      ),
      events: events
        .filter(({ event }) => event.conditionId === condition.id)
        .map(({ event, by }) => ({
          id: event.id,
          act: event.act,
          text: event.text,
          fileId: event.fileId,
          at: event.at,
          by,
        })),
    })),
    tranches: parts.map((part) => ({
      ...part,
      acts: TRANCHE_ACTS.filter((act) =>
        mayWithTranche(actor, act, { ask: scope, state: part.state, requestedBy: part.requestedBy }),
      ),
    })),
    facilities: own,
    files,
    /** Delegations that see the terms, and those that could be named. */
    readers: takingPart.filter(({ id }) => scope.readerIds.includes(id)),
    toName: takingPart.filter(
      ({ id }) => id !== scope.request.leadDelegationId && !scope.readerIds.includes(id),
    ),
    responsible: takingPart.filter(
      ({ id }) => id === scope.request.leadDelegationId || scope.readerIds.includes(id),
    ),
    terms: ask.termsDocumentId && (await readableTerms(db, actor, ask.termsDocumentId)),
    hasTerms: ask.termsDocumentId !== null,
  }
}

/** The id of the terms when the actor may read them. */
async function readableTerms(db: Queryable, actor: Actor, documentId: string): Promise<string | null> {
  const document = await scopedDocument(db, documentId)
  return document && can(actor, 'read', document.scope) ? document.id : null
}

/** A project's money, as far as the actor may see it: sources by kind, the gap, tranches and conditions. Throws `notFound`. */
export async function projectMoney(db: Queryable, actor: Actor, projectId: string) {
  const page = await projectPage(db, actor, projectId)
  const asks = await pipelineRows(db, actor, { stage: null, institution: null, projectId })
  const open = asks.filter(({ sums }) => sums !== null).map(({ id }) => id)
  const entries = await ledgerOf(db, open)
  const [parts, set] = await Promise.all([
    open.length === 0
      ? []
      : db.select().from(tranches).where(inArray(tranches.askId, open)).orderBy(asc(tranches.plannedOn)),
    open.length === 0
      ? []
      : db
          .select({ condition: conditions, responsible: organization.name })
          .from(conditions)
          .innerJoin(organization, eq(organization.id, conditions.responsibleId))
          .where(inArray(conditions.askId, open))
          .orderBy(sql`${conditions.dueOn} nulls last`),
  ])
  const evidence = set.length
    ? await db
        .select({
          conditionId: conditionEvents.conditionId,
          fileId: financingFiles.id,
          name: financingFiles.name,
          at: conditionEvents.at,
        })
        .from(conditionEvents)
        .innerJoin(financingFiles, eq(financingFiles.id, conditionEvents.fileId))
        .where(
          inArray(
            conditionEvents.conditionId,
            set.map(({ condition }) => condition.id),
          ),
        )
        .orderBy(desc(conditionEvents.at))
    : []
  const { capitalCost, currency } = page.shown
  const cost = capitalCost && currency ? { amount: capitalCost, currency } : null
  const totals = totalsOf(entries)
  return {
    project: { id: page.project.id, title: page.project.title, marking: page.project.marking },
    cost,
    asks,
    totals,
    gap: gapOf(cost, totals),
    tranches: parts,
    conditions: set.map(({ condition, responsible }) => ({
      ...condition,
      responsible,
      /** The last handed in first. */
      evidence: evidence.filter(({ conditionId }) => conditionId === condition.id),
    })),
    mayStart: page.mayPropose,
  }
}

/**
 * By facility what was disbursed of asks that are committed from it alone (what another pays is not told apart in a
 * tranche), and how many asks are committed from elsewhere, too.
 */
function drawnFrom(db: Queryable) {
  const commitments = db
    .select({
      askId: ledgerEntries.askId,
      facilities: sql<(string | null)[]>`array_agg(distinct ${ledgerEntries.facilityId})`.as('facilities'),
    })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.kind, 'committed'))
    .groupBy(ledgerEntries.askId)
    .as('commitments')
  const alone = sql`cardinality(${commitments.facilities}) = 1`
  const disbursed = db
    .select({ askId: ledgerEntries.askId, amount: sql<string>`sum(${ledgerEntries.amount})`.as('amount') })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.kind, 'disbursed'))
    .groupBy(ledgerEntries.askId)
    .as('disbursed')
  return db
    .select({
      facilityId: facilities.id,
      amount: sql<string | null>`sum(${disbursed.amount}) filter (where ${alone})`.as('drawn'),
      shared: sql<number>`count(*) filter (where not ${alone})`.as('shared'),
    })
    .from(commitments)
    .innerJoin(facilities, sql`${facilities.id} = any(${commitments.facilities})`)
    .leftJoin(disbursed, eq(disbursed.askId, commitments.askId))
    .groupBy(facilities.id)
    .as('drawn_from')
}

/** Facilities with what is committed, disbursed and left, for those who may see it; others see the ceiling. */
export async function facilityList(db: Queryable, actor: Actor) {
  const drawn = drawnFrom(db)
  const rows = await db
    .select({
      facility: facilities,
      code: institutions.code,
      iso2: institutions.partnerIso2,
      committed: sql<string>`(select coalesce(sum(case e.kind when 'committed' then e.amount else -e.amount end), 0)::text from ${ledgerEntries} e where e.facility_id = ${facilities.id})`,
      drawn: sql<string>`coalesce(${drawn.amount}, 0)::text`,
      /** Asks that are committed from elsewhere, too. */
      shared: sql<number>`coalesce(${drawn.shared}, 0)::int`,
      left: sql<string>`(${facilities.ceiling} - (select coalesce(sum(case e.kind when 'committed' then e.amount else -e.amount end), 0) from ${ledgerEntries} e where e.facility_id = ${facilities.id}))::text`,
    })
    .from(facilities)
    .innerJoin(institutions, eq(institutions.organizationId, facilities.institutionId))
    .leftJoin(drawn, eq(drawn.facilityId, facilities.id))
    .orderBy(asc(facilities.name))
  return rows.flatMap(({ facility, committed, drawn, shared, left, ...row }) => {
    const scope = { kind: 'facility', institutionId: facility.institutionId } as const
    if (!can(actor, 'see', scope)) return []
    const money = can(actor, 'money', scope)
    return [
      {
        ...facility,
        ...row,
        committed: money ? committed : null,
        drawn: money ? drawn : null,
        shared: money ? shared : 0,
        left: money ? left : null,
        mayKeep: can(actor, 'keep', scope),
      },
    ]
  })
}
