import { Link } from '@remix-run/react'
import { useState } from 'react'
import { ITEM_STATE_LABEL, type Item, type ItemState } from '../../domain/session/model'
import { Badge, type Tone } from '../ui/badge'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Dialog } from '../ui/dialog'
import { SelectField, TextField } from '../ui/field'
import { Section } from '../ui/page'
import { ActButton } from './act-button'
import { ReasonForm } from './reason-form'
import { useRoomView } from './room-context'
import { Suggested } from './suggested'

const TONE: Record<ItemState, Tone> = {
  pending: 'neutral',
  open: 'green',
  closed: 'neutral',
  adjourned: 'ochre',
}

type Choice = { id: string; title: string }

/** The agenda with the open item; whoever runs the session opens, closes and adjourns, and may change what is to come. */
export function Agenda({
  proposals,
  documents,
  followUps,
  minutes,
}: {
  proposals: readonly Choice[]
  documents: readonly Choice[]
  followUps: readonly (Choice & { note: string })[]
  minutes: readonly Choice[]
}) {
  const { state, who } = useRoomView()
  return (
    <Section title="Agenda" note={state.items.length || null}>
      {state.items.length > 0 ? (
        <ol className="divide-y divide-rule border-y border-rule bg-sheet">
          {state.items.map((item, nth) => (
            <Line key={item.id} item={item} nth={nth} documents={documents} />
          ))}
        </ol>
      ) : (
        <p className="text-sm text-muted">Nothing is on it yet.</p>
      )}
      {who.may.run ? <AddItem proposals={proposals} /> : null}
      <Suggested {...{ proposals, followUps, minutes }} />
    </Section>
  )
}

function Line({ item, nth, documents }: { item: Item; nth: number; documents: readonly Choice[] }) {
  const { state } = useRoomView()
  const before = state.items[nth - 1]
  const after = state.items[nth + 2]
  const open = item.state === 'open'
  return (
    <li
      aria-current={open ? 'step' : undefined}
      className={classNames('px-3 py-2 text-sm', open && 'border-l-4 border-l-green bg-green-wash')}
    >
      <div className="flex items-start justify-between gap-2">
        <p className={open ? 'font-semibold' : undefined}>
          {nth + 1}. {item.title}
          {item.minutes ? <span className="text-muted"> ({item.minutes} min)</span> : null}
        </p>
        <Badge tone={TONE[item.state]}>{ITEM_STATE_LABEL[item.state]}</Badge>
      </div>
      {item.reason ? <p className="text-xs text-muted">{item.reason}</p> : null}
      {item.followUpId ? (
        <p className="text-xs">
          <Link to={`/follow-ups/${item.followUpId}`} className="link">
            The follow-up
          </Link>
        </p>
      ) : null}
      {item.documents.length > 0 ? (
        <ul className="mt-1 text-xs">
          {item.documents.map((one) => (
            <li key={one.id}>
              <Link to={`/documents/${one.id}`} className="link inline-block py-1">
                {one.title}
              </Link>{' '}
              {state.pointer?.documentId === one.id ? (
                <Badge tone="accent">the chair shows it</Badge>
              ) : (
                <ActButton act={{ act: 'point', documentId: one.id }} variant="quiet">
                  Show it to all
                </ActButton>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="mt-1 flex flex-wrap gap-1">
        <ActButton act={{ act: 'open_item', itemId: item.id }} variant="primary">
          Open
        </ActButton>
        {open ? (
          <>
            <ActButton act={{ act: 'close_item', itemId: item.id }}>Close item</ActButton>
            <ReasonForm
              trigger="Adjourn"
              title={`Adjourn “${item.title}”`}
              label="Why, or until when"
              act={(reason) => ({ act: 'adjourn_item', itemId: item.id, reason })}
            />
          </>
        ) : null}
        {item.state === 'pending' && before ? (
          <ActButton act={{ act: 'move_item', itemId: item.id, before: before.id }} variant="quiet">
            Move up
          </ActButton>
        ) : null}
        {item.state === 'pending' && nth < state.items.length - 1 ? (
          <ActButton act={{ act: 'move_item', itemId: item.id, before: after?.id ?? null }} variant="quiet">
            Move down
          </ActButton>
        ) : null}
        {item.state === 'pending' || open ? <Attach item={item} documents={documents} /> : null}
        <ChangeItem item={item} />
        <ActButton act={{ act: 'remove_item', itemId: item.id }} variant="quiet">
          Remove
        </ActButton>
      </div>
    </li>
  )
}

/** Title and time of an item; refused where somebody else changed them while they were written. */
function ChangeItem({ item }: { item: Item }) {
  const { ask, refusal } = useRoomView()
  const [was, setWas] = useState<Pick<Item, 'title' | 'minutes'> | null>(null)
  const why = refusal({ act: 'change_item', itemId: item.id, title: item.title, minutes: item.minutes })
  if (why !== null && was === null) return null
  return (
    <Dialog
      open={was !== null}
      onOpenChange={(open) => setWas(open ? { title: item.title, minutes: item.minutes } : null)}
      trigger={
        <Button size="sm" variant="quiet">
          Change
        </Button>
      }
      title={`Change “${item.title}”`}
    >
      <form
        className="space-y-3"
        onSubmit={async (event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const title = String(form.get('title'))
          const minutes = Number(form.get('minutes')) || null
          if ((await ask({ act: 'change_item', itemId: item.id, title, minutes, was })).ok) setWas(null)
        }}
      >
        <TextField
          {...{ label: 'Title', name: 'title', required: true, maxLength: 200, defaultValue: was?.title }}
          data-autofocus
        />
        <TextField
          {...{ label: 'Time (minutes)', name: 'minutes', type: 'number', min: 1, max: 600 }}
          defaultValue={was?.minutes ?? ''}
        />
        <Button variant="primary">Change</Button>
      </form>
    </Dialog>
  )
}

/** Attaches a text that whoever runs the session may read; its title is told to everybody in the room. */
function Attach({ item, documents }: { item: Item; documents: readonly Choice[] }) {
  const { ask, who } = useRoomView()
  const [open, setOpen] = useState(false)
  const left = documents.filter(({ id }) => !item.documents.some((one) => one.id === id))
  if (!open && (!who.may.run || left.length === 0)) return null
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="quiet">
          Attach a document
        </Button>
      }
      title={`Attach a document to “${item.title}”`}
    >
      <form
        className="space-y-3"
        onSubmit={async (event) => {
          event.preventDefault()
          const documentId = String(new FormData(event.currentTarget).get('document'))
          if ((await ask({ act: 'attach_document', itemId: item.id, documentId })).ok) setOpen(false)
        }}
      >
        <SelectField
          label="Document"
          name="document"
          options={left.map(({ id, title }) => ({ value: id, label: title }))}
          hint="Everybody in the room reads its title. Who may read the text itself does not change."
          data-autofocus
        />
        <Button variant="primary">Attach</Button>
      </form>
    </Dialog>
  )
}

function AddItem({ proposals }: { proposals: readonly { id: string; title: string }[] }) {
  const { ask } = useRoomView()
  const { state } = useRoomView()
  const [open, setOpen] = useState(false)
  const [title, setTitle] = useState('')
  const left = proposals.filter(({ id }) => !state.items.some(({ proposalId }) => proposalId === id))
  return (
    <div className="mt-2">
      <Dialog
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button size="sm" variant="quiet">
            Add an item
          </Button>
        }
        title="Add an item to the agenda"
      >
        <form
          className="space-y-3"
          onSubmit={async (event) => {
            event.preventDefault()
            const form = new FormData(event.currentTarget)
            const minutes = Number(form.get('minutes')) || null
            const proposalId = String(form.get('proposal') ?? '') || null
            const answer = await ask({ act: 'add_item', title, minutes, proposalId })
            if (!answer.ok) return
            setTitle('')
            setOpen(false)
          }}
        >
          {left.length > 0 ? (
            <SelectField
              label="Proposal before the group"
              name="proposal"
              options={[
                { value: '', label: 'None' },
                ...left.map(({ id, title: label }) => ({ value: id, label })),
              ]}
              onChange={(event) => {
                const chosen = left.find(({ id }) => id === event.currentTarget.value)
                if (chosen) setTitle(chosen.title.slice(0, 200))
              }}
            />
          ) : null}
          <TextField
            label="Title"
            name="title"
            required
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <TextField label="Time (minutes)" name="minutes" type="number" min={1} max={600} />
          <Button variant="primary">Add</Button>
        </form>
      </Dialog>
    </div>
  )
}
