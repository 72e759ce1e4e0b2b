import { eq } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { MARKING_LABEL } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import { CRITERIA, resultOf } from '../../app/domain/review'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { reviewsOf } from '../../db/queries/reviews'
import { decisionOver } from '../../db/queries/silence'
import { proposalVersions } from '../../db/schema/cases'
import { recordAct } from '../audit/record'
import type { TextNode } from '../documents/formats/read-document'
import type { DocumentWorker } from '../documents/worker-client'

const paragraphs = (text: string): TextNode[] =>
  text
    .split(/\n+/)
    .flatMap((line) => (line.trim() ? [{ type: 'paragraph', content: [{ type: 'text', text: line }] }] : []))

const HOW = { silence: 'silence procedure', consensus: 'consensus', vote: 'vote' } as const
const mark = (value: number | null) => (value === null ? 'not given' : value.toFixed(1))

/**
 * The letter to the lead delegation with the decision over its proposal, as a PDF: what was decided, how, on which frozen
 * version, the result of the review with its spread, and the reviewers' notes without their names. Throws `notFound` for
 * whoever may not take the proposal out of the portal, and while nothing was decided.
 */
export async function letterPdf(
  { db, documents }: { db: Database; documents: Pick<DocumentWorker, 'run'> },
  actor: Actor,
  proposalId: string,
  from: string | null,
): Promise<{ bytes: Uint8Array; name: string }> {
  const found = await scopedProposal(db, proposalId)
  if (!found || !can(actor, 'export', found.scope)) throw notFound()
  const decision = await decisionOver(db, proposalId)
  if (!decision?.versionId) throw notFound()
  const [version] = await db
    .select({
      number: proposalVersions.number,
      sha256: proposalVersions.sha256,
      at: proposalVersions.submittedAt,
    })
    .from(proposalVersions)
    .where(eq(proposalVersions.id, decision.versionId))
  if (!version) throw notFound()
  const reviews = await reviewsOf(db, decision.versionId)
  const sheets = reviews.flatMap(({ state, sheets: [last] }) =>
    state === 'handed_in' && last ? [last.sheet] : [],
  )
  const result = resultOf(sheets)
  const { tlp, label } = MARKING_LABEL[found.scope.marking]
  const day = decision.adoptedAt.toISOString().slice(0, 10)
  const bytes = await documents.run('printOutline', {
    title: `Decision ${decision.number}`,
    kind: 'Letter to the delegation',
    marking: `${tlp} · ${label}`,
    version: decision.number,
    date: `${decision.adoptedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    facts: [
      ['To', `The delegation of ${found.document.owner.name}`],
      ['From', `${decision.group}, Forum on Resource Geostrategic Engagement`],
      ['Proposal', found.document.title],
      ['Decision', decision.outcome === 'endorsed' ? 'Endorsed' : 'Declined'],
      ['Adopted', `${day}, by ${HOW[decision.how]}`],
      ['On version', `${version.number}, submitted ${version.at.toISOString().slice(0, 10)}`],
      ['SHA-256 of the version', version.sha256],
    ],
    sections: [
      { heading: 'What was decided', blocks: paragraphs(decision.text) },
      ...(result.mean === null
        ? []
        : [
            {
              heading: 'What the reviewers found',
              blocks: paragraphs(
                [
                  `${result.sheets} reviewers gave it ${mark(result.mean)} of 5 on the weighted mean; the lowest gave ${mark(result.low)}, the highest ${mark(result.high)}.`,
                  ...result.criteria.map(({ criterion, mean, low, high, notApplicable }) => {
                    const known = CRITERIA.find(({ id }) => id === criterion)
                    return `${known?.label} (${known?.weight} %): ${mark(mean)}, from ${mark(low)} to ${mark(high)}${notApplicable ? `; ${notApplicable} said that it does not apply` : ''}.`
                  }),
                ].join('\n'),
              ),
            },
            {
              heading: 'What the reviewers say to you',
              blocks: sheets.flatMap((sheet, index) =>
                paragraphs(`Reviewer ${index + 1}: ${sheet.noteToApplicant}`),
              ),
            },
          ]),
    ],
  })
  await db.transaction((tx) =>
    recordAct(tx, {
      actor,
      from,
      act: 'proposal.letter',
      objectKind: 'proposal',
      objectId: proposalId,
      after: { decision: decision.number },
    }),
  )
  return { bytes, name: `${decision.number}.pdf` }
}
