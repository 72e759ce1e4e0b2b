import { Form, Link, useNavigation } from '@remix-run/react'
import type { FieldProblems } from '../../domain/fault'
import {
  CONFLICT_LABEL,
  type Conflict,
  type ConflictKind,
  type InterestHow,
  REVIEW_DAYS,
  REVIEW_STATE_LABEL,
  type ReviewResult,
  type ReviewState,
} from '../../domain/review'
import { Badge, type Tone } from '../ui/badge'
import { Button } from '../ui/button'
import { Day } from '../ui/date'
import { ConfirmForm } from '../ui/dialog'
import { TextField } from '../ui/field'
import { Flag } from '../ui/flag'
import { Section } from '../ui/page'
import { Table, Td, Th } from '../ui/table'
import { Result } from './result'

export type RoomReview = {
  id: string
  name: string
  of: string
  iso2: string | null
  state: ReviewState
  dueOn: string
  conflict: ConflictKind | null
  conflictReason: string | null
  interests: readonly { id: string; kind: ConflictKind; how: InterestHow; text: string }[]
}
export type Choice = {
  id: string
  name: string
  of: string
  iso2: string | null
  open: number
  conflicts: readonly Conflict[]
  asked: boolean
}

const TONE: Record<ReviewState, Tone> = {
  asked: 'ochre',
  accepted: 'accent',
  handed_in: 'green',
  recused: 'neutral',
  released: 'neutral',
}

/** The coordinator's view of a review: who was asked, what came in, and whom to ask. */
export function ReviewRoom({
  version,
  reviews,
  result,
  choices,
  maySteer,
  today,
  problems,
}: {
  version: number
  reviews: readonly RoomReview[]
  result: ReviewResult
  choices: readonly Choice[]
  maySteer: boolean
  today: string
  problems: FieldProblems
}) {
  const busy = useNavigation().state === 'submitting'
  const free = choices.filter((one) => !one.asked)
  return (
    <>
      <Section title="Reviewers" note={`of version ${version}`}>
        {reviews.length ? (
          <Table caption="Reviewers" stack>
            <thead>
              <tr>
                <Th>Reviewer</Th>
                <Th>State</Th>
                <Th>Due</Th>
                {maySteer ? <Th>Acts</Th> : null}
              </tr>
            </thead>
            <tbody>
              {reviews.map((one) => (
                <tr key={one.id}>
                  <Th scope="row">
                    {one.iso2 ? <Flag iso2={one.iso2} className="mr-2" /> : null}
                    <Link to={`/reviews/${one.id}`} className="row-link">
                      {one.name}
                    </Link>
                    <span className="block text-xs text-muted">{one.of}</span>
                  </Th>
                  <Td label="State">
                    <Badge tone={TONE[one.state]}>{REVIEW_STATE_LABEL[one.state]}</Badge>
                    {one.conflict ? (
                      <span className="block text-xs">
                        {CONFLICT_LABEL[one.conflict]}: {one.conflictReason}
                      </span>
                    ) : null}
                    {one.interests.map(({ id, kind, how, text }) => (
                      <span key={id} className="block text-xs">
                        <span className="font-semibold">
                          {how === 'declared' ? 'Disclosed' : 'Known when asked'}
                        </span>
                        {how === 'declared' ? ` (${CONFLICT_LABEL[kind]})` : ''}: {text}
                      </span>
                    ))}
                  </Td>
                  <Td label="Due">
                    <Day date={one.dueOn} />
                    {(one.state === 'asked' || one.state === 'accepted') && one.dueOn < today ? (
                      <Badge tone="red" className="ml-2">
                        late
                      </Badge>
                    ) : null}
                  </Td>
                  {maySteer ? (
                    <Td label="Acts">
                      {one.state === 'asked' || one.state === 'accepted' ? (
                        <div className="flex flex-wrap gap-1">
                          <Form method="post">
                            <input type="hidden" name="review" value={one.id} />
                            <Button name="act" value="remind" size="sm" variant="quiet">
                              Remind
                            </Button>
                          </Form>
                          <ConfirmForm
                            trigger={
                              <Button size="sm" variant="quiet">
                                Release
                              </Button>
                            }
                            title={`Release ${one.name}?`}
                            confirm="Release"
                          >
                            <p>
                              They do not read it any more and are told so. What they drafted is not kept.
                            </p>
                            <input type="hidden" name="act" value="release" />
                            <input type="hidden" name="review" value={one.id} />
                          </ConfirmForm>
                        </div>
                      ) : null}
                    </Td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </Table>
        ) : (
          <p className="text-sm text-muted">
            Nobody has been asked yet. A review begins with two who accepted.
          </p>
        )}
      </Section>
      {maySteer ? (
        <Section title="Ask reviewers" level={3} note="who has least to do first">
          {free.length ? (
            <Form method="post" key={reviews.length} className="max-w-prose">
              <input type="hidden" name="act" value="assign" />
              <ul className="divide-y divide-rule border-y border-rule bg-sheet text-sm">
                {free.map((one) => (
                  <li key={one.id} className="px-3 py-1.5">
                    <label className="flex min-h-7 items-center gap-2">
                      <input
                        type="checkbox"
                        name="reviewers"
                        value={one.id}
                        disabled={one.conflicts.some(({ effect }) => effect === 'block')}
                        className="size-4 accent-accent"
                      />
                      {one.iso2 ? <Flag iso2={one.iso2} size={16} /> : null}
                      <span>
                        {one.name} <span className="text-muted">({one.of})</span>
                      </span>
                      <span className="ml-auto shrink-0 whitespace-nowrap text-xs text-muted">
                        {one.open} open
                      </span>
                    </label>
                    {one.conflicts.map(({ kind, effect, why }) => (
                      <p key={`${kind} ${why}`} className="pl-6 text-xs">
                        <span
                          className={
                            effect === 'block' ? 'font-semibold text-red' : 'font-semibold text-ochre'
                          }
                        >
                          {effect === 'block' ? 'May not review' : 'To disclose'}
                        </span>
                        : {why}.
                      </p>
                    ))}
                  </li>
                ))}
              </ul>
              {problems.reviewers?.map((problem) => (
                <p key={problem} className="mt-1 text-xs font-semibold text-red">
                  {problem}
                </p>
              ))}
              <div className="mt-3 flex flex-wrap items-end gap-3">
                <TextField
                  label="Days until it is due"
                  name="days"
                  type="number"
                  min={1}
                  max={180}
                  defaultValue={REVIEW_DAYS}
                  error={problems.days}
                />
                <Button busy={busy}>Ask them</Button>
              </div>
            </Form>
          ) : (
            <p className="text-sm text-muted">
              Everybody on the list was asked.{' '}
              <Link to="/reviews/people" className="link">
                Add reviewers
              </Link>
            </p>
          )}
        </Section>
      ) : null}
      <Section title="Result">
        <Result result={result} />
      </Section>
    </>
  )
}
