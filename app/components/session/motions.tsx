import { useState } from 'react'
import type { Motion } from '../../domain/session/model'
import { nameOf, openItem } from '../../domain/session/present'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { SelectField, TextArea, TextField } from '../ui/field'
import { Section } from '../ui/page'
import { Amendments } from './amendments'
import { Deciding } from './deciding'
import { MotionActs, MotionBadge } from './motion-acts'
import { MotionWords } from './motion-words'
import { ReasonForm } from './reason-form'
import { ResultSheet } from './result-sheet'
import { useRoomView } from './room-context'
import { SilenceTerms } from './silence-terms'

/** Motions of the open item first, with their amendments and what is being decided. */
export function Motions({ minutes }: { minutes: readonly { id: string; title: string }[] }) {
  const { state, who } = useRoomView()
  const open = openItem(state)
  const main = state.motions.filter(({ amends }) => amends === null)
  const now = main.filter(({ itemId }) => itemId === open?.id)
  const earlier = main.filter(({ itemId }) => itemId !== open?.id)
  return (
    <Section title="Motions" note={open ? undefined : 'no item is open'}>
      {open ? <p className="mb-2 text-pretty text-sm text-muted">{open.title}</p> : null}
      {now.length === 0 ? (
        <p className="text-sm text-muted">
          {open ? 'None on this item.' : 'Motions are proposed on the item that is open.'}
        </p>
      ) : null}
      {now.map((motion) => (
        <OneMotion key={motion.id} motion={motion} />
      ))}
      {who.may.propose ? <Propose minutes={minutes} /> : null}
      {earlier.length > 0 ? (
        <details className="mt-4">
          <summary className="cursor-pointer text-sm font-semibold">
            On other items ({earlier.length})
          </summary>
          {earlier.map((motion) => (
            <OneMotion key={motion.id} motion={motion} />
          ))}
        </details>
      ) : null}
    </Section>
  )
}

function OneMotion({ motion }: { motion: Motion }) {
  const { state } = useRoomView()
  return (
    <article aria-label={motion.title} className="mb-4 border border-rule bg-sheet px-3 py-2">
      <header className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="text-lg">{motion.title}</h3>
        <MotionBadge state={motion.state} />
      </header>
      <p className="text-xs text-muted">
        Proposed by {nameOf(state, motion.by.delegationId)}
        {motion.seconder ? `, seconded by ${nameOf(state, motion.seconder)}` : null}
        {motion.number ? `; decision ${motion.number}` : null}
      </p>
      <MotionWords motion={motion} className="my-2" />
      {motion.reservations.length > 0 ? (
        <ul aria-label="Reservations" className="mb-2 list-disc pl-5 text-sm">
          {motion.reservations.map((one) => (
            <li key={`${one.delegationId} ${one.at}`}>
              Reservation of {nameOf(state, one.delegationId)}: {one.text}
            </li>
          ))}
        </ul>
      ) : null}
      {motion.why ? <p className="text-sm text-muted">{motion.why}</p> : null}
      <Deciding motion={motion} />
      {motion.result ? <ResultSheet motion={motion} result={motion.result} /> : null}
      <Amendments motion={motion} />
      <div className="mt-2 flex flex-wrap gap-1.5">
        <MotionActs motion={motion} />
        <Amend motion={motion} />
        <SilenceTerms motion={motion} />
        {motion.state === 'adopted' ? (
          <ReasonForm
            trigger="Reservation"
            title="Attach a reservation"
            label="What your delegation reserves, or how it reads the text"
            act={(text) => ({ act: 'reserve', motionId: motion.id, text })}
          />
        ) : null}
        {motion.number ? <FollowUp number={motion.number} /> : null}
      </div>
    </article>
  )
}

function Propose({ minutes }: { minutes: readonly { id: string; title: string }[] }) {
  const { ask, state } = useRoomView()
  const [open, setOpen] = useState(false)
  const item = openItem(state)
  // The chair may close the item while the motion is written: the words stay.
  if (!item && !open) return null
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="secondary">
          Propose a motion
        </Button>
      }
      title="Propose a motion"
    >
      <form
        className="space-y-3"
        onSubmit={async (event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const outcome = form.get('outcome')
          const over = item?.proposalId && (outcome === 'endorsed' || outcome === 'declined')
          const answer = await ask({
            ...{ act: 'propose', title: String(form.get('title')), text: String(form.get('text')) },
            ...(over ? { proposalId: item.proposalId, outcome } : {}),
            approves: String(form.get('approves') ?? '') || null,
          })
          if (answer.ok) setOpen(false)
        }}
      >
        <TextField label="Title" name="title" required minLength={3} maxLength={200} data-autofocus />
        <TextArea label="Text" name="text" rows={6} required minLength={10} maxLength={8000} />
        {minutes.length > 0 ? (
          <SelectField
            label="Approves the minutes of"
            name="approves"
            options={[
              { value: '', label: 'No session' },
              ...minutes.map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
        ) : null}
        {item?.proposalId ? (
          <fieldset className="text-sm">
            <legend className="font-semibold">If it is adopted, the proposal of this item is</legend>
            {(['endorsed', 'declined', 'left as it is'] as const).map((value, nth) => (
              <label key={value} className="mr-4">
                <input type="radio" name="outcome" value={value} defaultChecked={nth === 0} /> {value}
              </label>
            ))}
          </fieldset>
        ) : null}
        <Button variant="primary">Propose</Button>
      </form>
    </Dialog>
  )
}

function Amend({ motion }: { motion: Motion }) {
  const { ask, refusal } = useRoomView()
  const [open, setOpen] = useState(false)
  const [passage, setPassage] = useState('')
  const can = refusal({ act: 'amend', motionId: motion.id, passage: motion.text, text: '' }) === null
  if (!can && !open) return null
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="secondary">
          Propose an amendment
        </Button>
      }
      title="Propose an amendment"
    >
      <form
        className="space-y-3"
        onSubmit={async (event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const answer = await ask({
            ...{ act: 'amend', motionId: motion.id },
            ...{ passage: String(form.get('passage')), text: String(form.get('text')) },
          })
          if (answer.ok) setOpen(false)
        }}
      >
        <TextArea
          label="The text: select what you would replace"
          name="whole"
          rows={6}
          readOnly
          value={motion.text}
          onSelect={(event) => {
            const { selectionStart, selectionEnd, value } = event.currentTarget
            if (selectionEnd > selectionStart) setPassage(value.slice(selectionStart, selectionEnd))
          }}
        />
        <TextArea
          label="Passage"
          name="passage"
          rows={2}
          required
          value={passage}
          onChange={(event) => setPassage(event.currentTarget.value)}
          hint="It stands in the text exactly once."
        />
        <TextArea
          label="Replace it by"
          name="text"
          rows={3}
          maxLength={4000}
          hint="Empty: it is taken out."
        />
        <Button variant="primary">Propose</Button>
      </form>
    </Dialog>
  )
}

function FollowUp({ number }: { number: string }) {
  const { ask, state, who } = useRoomView()
  const [open, setOpen] = useState(false)
  if (!who.may.run && !open) return null
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="secondary">
          Add a follow-up
        </Button>
      }
      title={`Follow-up to ${number}`}
    >
      <form
        className="space-y-3"
        onSubmit={async (event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const answer = await ask({
            ...{ act: 'follow_up', number, text: String(form.get('text')) },
            ...{ ownerId: String(form.get('owner')), due: String(form.get('due')) },
          })
          if (answer.ok) setOpen(false)
        }}
      >
        <TextArea
          label="What is to be done"
          name="text"
          rows={3}
          required
          minLength={3}
          maxLength={1000}
          data-autofocus
        />
        <label className="block text-sm font-semibold">
          By whom
          <select name="owner" className="control mt-1">
            {Object.values(state.delegations).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <TextField label="Due" name="due" type="date" required />
        <Button variant="primary">Add</Button>
      </form>
    </Dialog>
  )
}
