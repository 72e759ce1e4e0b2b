import { useEffect, useState } from 'react'
import type { SessionActInput } from '../../domain/session/acts'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { useRoomView } from './room-context'

const KEYS = [
  ['h', 'Raise or lower the hand of your delegation'],
  ['r', 'Ask for a right of reply'],
  ['?', 'This list'],
] as const

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Hands by keyboard, outside of fields and dialogs; the keys are listed. */
export function Shortcuts() {
  const { state, who, ask } = useRoomView()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const own = state.hands.find(
      (hand) => hand.delegationId === who.delegationId && hand.kind === 'statement',
    )
    const acts: Record<string, SessionActInput> = {
      h: own ? { act: 'lower_hand', handId: own.id } : { act: 'raise_hand', kind: 'statement' },
      r: { act: 'raise_hand', kind: 'right_of_reply' },
    }
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return
      if (document.querySelector('dialog[open]')) return
      if (event.key === '?') return setOpen(true)
      const act = acts[event.key.toLowerCase()]
      if (!act || !who.may.speak) return
      event.preventDefault()
      void ask(act)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [state.hands, who, ask])
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="quiet" className="max-sm:hidden">
          Keys
        </Button>
      }
      title="Keys"
    >
      <dl className="space-y-1 text-sm">
        {KEYS.map(([key, what]) => (
          <div key={key} className="flex gap-3">
            <dt>
              <kbd className="rounded-sm border border-line bg-well px-1.5 font-mono">{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
