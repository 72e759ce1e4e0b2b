import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { Button } from './button'

/**
 * Short notices at the foot of the page, spoken by screen readers. Ours rather than a library's: those put a
 * <style> element into the page, which the Content-Security-Policy refuses.
 */
export type Toast = { id: number; text: string; tone: 'plain' | 'problem' }

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows a notice for a few seconds; `problem` ones stay until they are closed. The same words stand there once. */
export function toast(text: string, tone: Toast['tone'] = 'plain') {
  lastId += 1
  set([...toasts.filter((one) => one.text !== text), { id: lastId, text, tone }].slice(-4))
}

const dismiss = (id: number) => set(toasts.filter((one) => one.id !== id))
const NONE: readonly Toast[] = []

/** Stands once in the root. `children`: a notice that stays as long as what it tells. */
export function Toasts({ children }: { children?: ReactNode }) {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => NONE,
  )
  const dialog = useTopDialog()
  const section = (
    <section
      aria-label="Notices"
      aria-live="polite"
      className="notices no-print pointer-events-none fixed inset-x-0 bottom-0 z-40 flex flex-col items-center gap-2 p-4"
    >
      {children}
      {shown.map((one) => (
        <Notice key={one.id} toast={one} />
      ))}
    </section>
  )
  return dialog ? createPortal(section, dialog) : section
}

/** What lies over the page: all else is behind its veil, and hidden from screen readers. */
function useTopDialog(): Element | null {
  const [dialog, setDialog] = useState<Element | null>(null)
  useEffect(() => {
    const look = () => setDialog([...document.querySelectorAll('dialog:modal')].at(-1) ?? null)
    look()
    document.addEventListener('close', look, true)
    return () => document.removeEventListener('close', look, true)
  })
  return dialog
}

function Notice({ toast: { id, text, tone } }: { toast: Toast }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || tone === 'problem') return
    const timer = setTimeout(() => dismiss(id), 6000)
    return () => clearTimeout(timer)
  }, [id, held, tone])
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      className={`pointer-events-auto flex max-w-md items-center gap-3 rounded-md border bg-sheet px-3 py-2 text-sm text-ink shadow-raised ${tone === 'problem' ? 'border-red border-l-4' : 'border-line'}`}
    >
      <p className="min-w-0 flex-1">{text}</p>
      <Button type="button" variant="quiet" size="sm" onClick={() => dismiss(id)}>
        Close
      </Button>
    </div>
  )
}
