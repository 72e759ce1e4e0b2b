import { Dialog } from '../ui/dialog'
import { ALL_ACTS } from './acts'
import { TABLE_KEYS } from './editing-extensions'
import { keyName } from './keys'

const WAYS: readonly (readonly [string, string])[] = [
  ['Undo your last change', 'Mod+Z'],
  ['Redo', 'Mod+Y'],
  ['Link', 'Mod+K'],
  ['Open the link under the pointer', 'Mod+click'],
  ['Comment on what is selected, or to the thread there', 'Mod+Alt+M'],
  ['Suggest what you write, or write plainly', 'Mod+Alt+X'],
  ['Next suggestion', 'Mod+Alt+.'],
  ['Suggestion before', 'Mod+Alt+,'],
  ['Accept the suggestion at the caret', 'Mod+Alt+A'],
  ['Reject it', 'Mod+Alt+R'],
  ['To the toolbar, from the text', 'Alt+F10'],
  ['Back to the text, from the toolbar', 'Escape'],
  ['What can be put in', '/'],
  ['Link to a project, partner, mineral or decision', '@'],
  ['Footnote or source', 'Mod+Alt+F'],
  ['Find and replace', 'Mod+F'],
  ['Full screen, and back', 'Mod+Shift+F'],
  ...TABLE_KEYS,
  ['Next cell of a table', 'Tab'],
  ['Out of a table or a list, to the next field', 'Escape, then Tab'],
  ['New line in the same paragraph', 'Shift+Enter'],
  ['Paste without formatting', 'Mod+Shift+V'],
  ['This help', 'Mod+/'],
]

export function KeyboardHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const rows = [...WAYS, ...ALL_ACTS.flatMap((act) => (act.keys ? [[act.name, act.keys] as const] : []))]
  return (
    <Dialog title="Keyboard" open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <dl className="grid gap-x-6 text-sm sm:grid-cols-2">
        {rows.map(([what, keys]) => (
          <div key={what} className="flex items-baseline justify-between gap-3 border-b border-rule py-1">
            <dt>{what}</dt>
            <dd className="shrink-0">
              <kbd className="rounded-sm border border-rule bg-well px-1 font-sans text-xs">
                {keyName(keys)}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-muted">
        At the start of a line: “## ” makes a heading, “- ” or “1. ” a list, “&gt; ” a quote, “---” a line
        across.
      </p>
    </Dialog>
  )
}
