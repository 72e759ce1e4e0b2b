import { useFetcher } from '@remix-run/react'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import {
  FINANCING_MOVE_LABEL,
  FINANCING_RULES,
  FINANCING_STAGE_LABEL,
  type FinancingMove,
  moveTo,
} from '../../domain/money-stages'
import type { Refused } from '../../form-action.server'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { SelectField, TextArea, TextField } from '../ui/field'
import { FormErrors } from '../ui/form-errors'
import { toast } from '../ui/toast'
import type { AskLine } from './row'

export type MoveWish = { ask: AskLine; move: FinancingMove | null }

/**
 * Asks for what a move needs before it is made: by keyboard, by mouse, and after a card was dragged. `proves`: the
 * reader only records what the institution did, with its document.
 */
export function MoveDialog({
  wish,
  moveKey,
  proves,
  onClose,
}: {
  wish: MoveWish | null
  moveKey: string
  proves: boolean
  onClose: () => void
}) {
  const moved = useRef<string | null>(null)
  const done = useCallback(
    (askId: string) => {
      moved.current = askId
      onClose()
    },
    [onClose],
  )
  return (
    <Dialog
      title={wish ? `Move “${wish.ask.title}”, ${wish.ask.institution}` : 'Move'}
      open={wish !== null}
      onOpenChange={(open) => {
        if (open) return
        onClose()
        // The button that opened the dialog may have gone with its card: the focus follows the ask.
        if (moved.current)
          (document.getElementById(`ask-${moved.current}`) ?? document.getElementById('asks'))?.focus()
        moved.current = null
      }}
    >
      {wish ? (
        <MoveForm
          key={wish.ask.id}
          wish={wish}
          moveKey={moveKey}
          proves={proves}
          onClose={onClose}
          onMoved={done}
        />
      ) : null}
    </Dialog>
  )
}

type Reply = Refused | { moved: string } | undefined

function MoveForm({
  wish: { ask, move: dropped },
  moveKey,
  proves,
  onClose,
  onMoved,
}: {
  wish: MoveWish
  moveKey: string
  proves: boolean
  onClose: () => void
  onMoved: (askId: string) => void
}) {
  const fetcher = useFetcher<Reply>()
  // The key of the page changes when it is loaded anew; a form that is tried again keeps its own.
  const [key] = useState(moveKey)
  const [move, setMove] = useState<FinancingMove | null>(dropped ?? ask.moves[0] ?? null)
  const reply = fetcher.data
  const moved = reply && 'moved' in reply ? reply.moved : null
  const refused = reply && 'fields' in reply ? reply : null
  const noteId = useId()
  useEffect(() => {
    // Idle: the board behind is loaded anew, with the ask in its new place.
    if (moved === null || fetcher.state !== 'idle') return
    toast(moved)
    onMoved(ask.id)
  }, [moved, fetcher.state, ask.id, onMoved])
  if (!move) return null
  const rule = FINANCING_RULES[move]
  const to = moveTo(move, ask.stage, ask.heldFrom)
  return (
    <fetcher.Form
      method="post"
      action="/pipeline"
      encType="multipart/form-data"
      className="space-y-3"
      noValidate
    >
      {refused ? <FormErrors message={refused.message} fields={refused.fields} /> : null}
      <input type="hidden" name="act" value="move" />
      <input type="hidden" name="ask" value={ask.id} />
      <input type="hidden" name="key" value={key} />
      <SelectField
        label="Move"
        name="move"
        data-autofocus
        value={move}
        onChange={(event) => {
          const chosen = ask.moves.find((one) => one === event.target.value)
          if (chosen) setMove(chosen)
        }}
        options={ask.moves.map((value) => ({ value, label: FINANCING_MOVE_LABEL[value].act }))}
      />
      <p id={noteId} className="text-sm">
        From <span className="font-semibold">{FINANCING_STAGE_LABEL[ask.stage]}</span>
        {to ? (
          <>
            {' '}
            to <span className="font-semibold">{FINANCING_STAGE_LABEL[to]}</span>
          </>
        ) : null}
        . It stays on record with your name; it is not taken back, only followed by another move.
      </p>
      {rule.needsDate ? (
        <TextField
          label={rule.needsDate === 'expiry' ? 'The letter holds until' : 'Work resumes on'}
          name="date"
          type="date"
          required
          error={refused?.fields.date}
        />
      ) : null}
      <TextArea
        label={rule.needsReason ? 'Reason' : 'Reason, if there is one to give'}
        name="reason"
        rows={3}
        required={rule.needsReason}
        error={refused?.fields.reason}
      />
      {proves && rule.who !== 'lead' ? (
        <TextField
          label="The institution’s document"
          name="file"
          type="file"
          accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
          required
          hint="A coordinator records what the institution did. PDF, .docx, .xlsx, .png or .jpg, at most 10 MB."
          error={refused?.fields.file}
        />
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button type="button" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="primary" busy={fetcher.state !== 'idle'} aria-describedby={noteId}>
          {FINANCING_MOVE_LABEL[move].act}
        </Button>
      </div>
    </fetcher.Form>
  )
}
