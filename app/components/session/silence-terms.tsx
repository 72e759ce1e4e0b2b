import { Link } from '@remix-run/react'
import { useState } from 'react'
import type { Motion } from '../../domain/session/model'
import { wallClock } from '../../domain/zoned'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextField } from '../ui/field'
import { useRoomView } from './room-context'

const DAY_MS = 86_400_000
/** More than the least of three days, so that the time to choose does not make it too short. */
const DAYS = 4

/** Hands a motion to a silence procedure, and leads to it then. */
export function SilenceTerms({ motion }: { motion: Motion }) {
  const { ask, refusal } = useRoomView()
  const [open, setOpen] = useState(false)
  if (motion.silence)
    return (
      <Link to={`/silence/${motion.silence.procedureId}`} className="link text-sm">
        The silence procedure
      </Link>
    )
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const at = wallClock(new Date(Date.now() + DAYS * DAY_MS), zone)
  const why = refusal({ act: 'put_to_silence', motionId: motion.id, at, zone })
  if (why !== null && !open) return null
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="secondary">
          Silence procedure
        </Button>
      }
      title="Put it to a silence procedure"
    >
      <form
        className="space-y-3"
        onSubmit={async (event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const answer = await ask({
            ...{ act: 'put_to_silence', motionId: motion.id, zone },
            at: String(form.get('at')),
          })
          if (answer.ok) setOpen(false)
        }}
      >
        <p className="text-sm text-muted">
          The text is frozen and adopted by itself unless a delegation breaks silence before the deadline.
        </p>
        <TextField
          label={`Deadline (${zone.replaceAll('_', ' ')})`}
          name="at"
          type="datetime-local"
          required
          defaultValue={at}
        />
        <Button variant="primary">Put it to silence</Button>
      </form>
    </Dialog>
  )
}
