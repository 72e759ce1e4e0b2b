import { Form, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { FieldProblems } from '../../domain/fault'
import type { ProposalState } from '../../domain/project-stage'
import { MOVE_LABEL, type ProposalMove, REASON_LENGTH } from '../../domain/proposal-machine'
import { Button } from '../ui/button'
import { ConfirmForm } from '../ui/dialog'
import { SelectField, TextArea } from '../ui/field'
import { Section } from '../ui/page'

/** What the reader may do with it now. */
export function CaseMoves({
  may,
  state,
  moveKey,
  isComplete,
  groups,
  refused,
}: {
  may: readonly ProposalMove[]
  state: ProposalState
  /** Makes a move that is sent twice one move. */
  moveKey: string
  isComplete: boolean
  /** The working groups that a recommendation may go to. */
  groups: readonly { id: string; name: string }[]
  refused: { move: string; reason: string; group: string; problems: FieldProblems } | null
}) {
  const busy = useNavigation().state === 'submitting'
  if (may.length === 0) return null
  const hidden = (move: ProposalMove): ReactNode => (
    <>
      <input type="hidden" name="move" value={move} />
      <input type="hidden" name="key" value={moveKey} />
      <input type="hidden" name="seen" value={state} />
    </>
  )
  return (
    <Section title="What you can do">
      <div className="space-y-6">
        {may.includes('submit') ? (
          <div>
            <p className="mb-2 max-w-prose text-sm text-muted">
              Submitting freezes this version and hands it to the secretariat. Nobody writes any more until
              changes are requested.
            </p>
            {isComplete ? (
              <ConfirmForm
                trigger={<Button variant="primary">Submit to the secretariat</Button>}
                title="Submit the proposal?"
                confirm="Submit"
                variant="primary"
              >
                <p>The text is frozen as it is now; everybody who writes it is told on their page.</p>
                {hidden('submit')}
              </ConfirmForm>
            ) : (
              <Form method="post">
                {hidden('submit')}
                <Button busy={busy}>Check and submit</Button>
              </Form>
            )}
          </div>
        ) : null}
        {may.includes('take_up') ? (
          <Form method="post">
            {hidden('take_up')}
            <Button variant="primary" busy={busy}>
              {MOVE_LABEL.take_up.act}
            </Button>
          </Form>
        ) : null}
        {may.includes('send_to_review') ? (
          <Form method="post">
            <p className="mb-2 max-w-prose text-sm text-muted">
              The review begins with at least two reviewers who accepted. Ask them below.
            </p>
            {hidden('send_to_review')}
            <Button variant="primary" busy={busy}>
              {MOVE_LABEL.send_to_review.act}
            </Button>
          </Form>
        ) : null}
        {may.includes('recommend') ? (
          <Form method="post" className="max-w-prose space-y-2">
            {hidden('recommend')}
            <SelectField
              label="Working group that decides"
              name="group"
              defaultValue={refused?.move === 'recommend' ? refused.group : ''}
              error={refused?.move === 'recommend' ? refused.problems.group : undefined}
              options={[
                { value: '', label: 'Choose' },
                ...groups.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <TextArea
              label="Recommendation"
              name="reason"
              rows={4}
              maxLength={REASON_LENGTH.max}
              hint="The group and the authors read it."
              defaultValue={refused?.move === 'recommend' ? refused.reason : ''}
              error={refused?.move === 'recommend' ? refused.problems.reason : undefined}
            />
            <Button variant="primary" busy={busy}>
              {MOVE_LABEL.recommend.act}
            </Button>
          </Form>
        ) : null}
        {may.includes('back_to_review') ? (
          <Form method="post" className="max-w-prose">
            {hidden('back_to_review')}
            <TextArea
              label="Why the reviewers get it back"
              name="reason"
              rows={3}
              maxLength={REASON_LENGTH.max}
              defaultValue={refused?.move === 'back_to_review' ? refused.reason : ''}
              error={refused?.move === 'back_to_review' ? refused.problems.reason : undefined}
            />
            <Button className="mt-2" busy={busy}>
              {MOVE_LABEL.back_to_review.act}
            </Button>
          </Form>
        ) : null}
        {may.includes('request_changes') ? (
          <Form method="post" className="max-w-prose">
            {hidden('request_changes')}
            <TextArea
              label="What has to change"
              name="reason"
              rows={5}
              maxLength={REASON_LENGTH.max}
              hint="The authors read it. They can write again, and submit a new version."
              defaultValue={refused?.move === 'request_changes' ? refused.reason : ''}
              error={refused?.move === 'request_changes' ? refused.problems.reason : undefined}
            />
            <Button className="mt-2" busy={busy}>
              {MOVE_LABEL.request_changes.act}
            </Button>
          </Form>
        ) : null}
        {may.includes('withdraw') ? (
          <ConfirmForm
            trigger={<Button variant="danger">Withdraw the proposal</Button>}
            title="Withdraw the proposal?"
            confirm="Withdraw the proposal"
          >
            <p>
              Ends the case. Everybody who takes part can still read it; nobody writes it any more. This
              cannot be undone. A new proposal of the same project can be started afterwards.
            </p>
            {hidden('withdraw')}
          </ConfirmForm>
        ) : null}
      </div>
    </Section>
  )
}
