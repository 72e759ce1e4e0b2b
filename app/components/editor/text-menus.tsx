import type { Editor } from '@tiptap/react'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { type ReactNode, useCallback, useEffect, useId, useReducer, useRef, useState } from 'react'
import { PORTAL_KIND_LABEL, type PortalKind } from '../../domain/portal-link'
import { classNames } from '../ui/class-names'
import { matching, moveTo } from './choices'
import { keyName } from './keys'
import { SLASH_ITEMS, type SlashAsk } from './slash-items'
import { type Trigger, triggerAt } from './trigger'

type Item = { id: string; name: string; left?: ReactNode; right?: ReactNode; choose: () => void }
type Suggestion = { kind: PortalKind; id: string; label: string }

const SUGGEST_MS = 150
const MENU_HEIGHT = 300
const MENU_WIDTH = 320

/** The menus that `/` and `@` open in the text: steered by the arrow keys, closed by Escape; the text keeps the focus. */
export function TextMenus({ editor, ask }: { editor: Editor; ask: (about: SlashAsk) => void }) {
  const [trigger, close] = useTrigger(editor)
  const suggestions = useSuggestions(trigger?.sign === '@' ? trigger.query : null)
  if (!trigger) return null
  const taken = () => editor.chain().focus().deleteRange(trigger)
  const items: Item[] =
    trigger.sign === '/'
      ? matching(SLASH_ITEMS, trigger.query).map((item) => ({
          id: item.id,
          name: item.name,
          left: <item.icon aria-hidden="true" className="size-4 shrink-0 text-muted" />,
          right: item.keys ? keyName(item.keys) : undefined,
          choose: () => {
            taken().run()
            item.run(editor, ask)
          },
        }))
      : suggestions.map(({ kind, id, label }) => ({
          id: `${kind}-${id}`,
          name: label,
          right: PORTAL_KIND_LABEL[kind],
          choose: () =>
            taken()
              .insertContent([
                { type: 'portalLink', attrs: { kind, id } },
                { type: 'text', text: ' ' },
              ])
              .run(),
        }))
  if (items.length === 0 && (trigger.sign === '/' || trigger.query !== '')) return null
  return (
    <Menu
      key={trigger.from}
      editor={editor}
      at={trigger.from}
      label={trigger.sign === '/' ? 'Put in' : 'Link to'}
      hint={items.length === 0 ? 'Type the name of a project, partner, mineral or decision.' : null}
      items={items}
      close={close}
    />
  )
}

/** Opened when the sign is typed here; open while the caret stays behind it. */
function useTrigger(editor: Editor): [Trigger | null, () => void] {
  const [trigger, setTrigger] = useState<Trigger | null>(null)
  const opened = useRef<number | null>(null)
  const close = useCallback(() => {
    opened.current = null
    setTrigger(null)
  }, [])
  useEffect(() => {
    const look = ({ transaction }: { transaction: Editor['state']['tr'] }) => {
      const found = editor.isEditable ? triggerAt(editor.state) : null
      const isTyped = transaction.docChanged && transaction.getMeta(ySyncPluginKey) === undefined
      if (found?.query === '' && isTyped) opened.current = found.from
      if (found && found.from === opened.current) setTrigger(found)
      else if (opened.current !== null) close()
    }
    editor.on('transaction', look)
    editor.on('blur', close)
    return () => {
      editor.off('transaction', look)
      editor.off('blur', close)
      close()
    }
  }, [editor, close])
  return [trigger, close]
}

/** Objects of that name that the writer may see; null asks for nothing. */
function useSuggestions(query: string | null): readonly Suggestion[] {
  const [found, setFound] = useState<readonly Suggestion[]>([])
  useEffect(() => {
    const sought = query?.trim()
    if (!sought) return setFound([])
    const asking = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/portal-links?q=${encodeURIComponent(sought)}`, { signal: asking.signal })
        if (answer.ok) setFound((await answer.json()).suggestions)
      } catch {
        // Away, or something else was typed meanwhile: what was found stays until then.
      }
    }, SUGGEST_MS)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [query])
  return found
}

function Menu({
  editor,
  at,
  label,
  hint,
  items,
  close,
}: {
  editor: Editor
  /** Where the sign stands in the text. */
  at: number
  label: string
  hint: string | null
  items: readonly Item[]
  close: () => void
}) {
  const id = useId()
  const [row, setRow] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const active = items[Math.min(row, items.length - 1)]
  const latest = useRef({ items, row, active })
  latest.current = { items, row: Math.min(row, items.length - 1), active }

  useEffect(() => {
    const { dom } = editor.view
    // Before the editor: Enter would part the paragraph.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return
      const { items: all, row: now, active: chosen } = latest.current
      const next = moveTo(event.key, now, all.length)
      if (next !== null) setRow(next)
      else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) chosen.choose()
      else if (event.key === 'Escape') close()
      else return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    dom.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('scroll', redraw, { capture: true, passive: true })
    return () => {
      dom.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('scroll', redraw, { capture: true })
      dom.removeAttribute('aria-activedescendant')
      dom.removeAttribute('aria-controls')
    }
  }, [editor, close])

  useEffect(() => {
    const { dom } = editor.view
    dom.setAttribute('aria-controls', id)
    if (active) dom.setAttribute('aria-activedescendant', `${id}-${active.id}`)
    else dom.removeAttribute('aria-activedescendant')
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  const { left, top, bottom } = editor.view.coordsAtPos(Math.min(at, editor.state.doc.content.size))
  const above = bottom + MENU_HEIGHT > window.innerHeight && top > MENU_HEIGHT
  return (
    <div
      className="no-print fixed z-50 max-w-[calc(100vw-1rem)] border border-line bg-sheet shadow-raised"
      style={{
        width: MENU_WIDTH,
        left: Math.max(8, Math.min(left, window.innerWidth - MENU_WIDTH - 8)),
        ...(above ? { bottom: window.innerHeight - top + 4 } : { top: bottom + 4 }),
      }}
    >
      <p role="status" className="sr-only">
        {hint ?? `${label}: ${items.length} ${items.length === 1 ? 'choice' : 'choices'}`}
      </p>
      {hint ? <p className="px-2 py-1.5 text-sm text-muted">{hint}</p> : null}
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={label}
        className="overflow-y-auto"
        style={{ maxHeight: MENU_HEIGHT }}
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text has the focus, and the keys
          <div
            key={item.id}
            id={`${id}-${item.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={item === active}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setRow(index)}
            onClick={item.choose}
            className={classNames(
              'flex min-h-9 cursor-pointer items-center gap-2 px-2 py-1 text-sm',
              item === active && 'bg-accent-wash outline-1 -outline-offset-1 outline-accent',
            )}
          >
            {item.left}
            <span className="min-w-0 flex-1">{item.name}</span>
            {item.right ? <span className="shrink-0 text-xs text-muted">{item.right}</span> : null}
          </div>
        ))}
      </div>
    </div>
  )
}
