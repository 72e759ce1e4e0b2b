import { type Editor, useEditorState } from '@tiptap/react'
import {
  Captions,
  ImagePlus,
  Keyboard,
  Link2,
  Maximize2,
  MessageSquarePlus,
  Minimize2,
  PencilLine,
  Printer,
  Redo2,
  Search,
  Superscript,
  Undo2,
} from 'lucide-react'
import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react'
import { useUndo } from '../../collab/react'
import type { DocumentUndo } from '../../collab/undo'
import { ACTS, ALL_ACTS } from './acts'
import { insertPictures, PICTURE_TYPES } from './pictures'
import { TableTools } from './table-tools'
import { Group, TabStop, Tool } from './tool'

export type Asking = 'link' | 'picture' | 'note' | 'find' | 'keyboard' | null

const FIRST = 'Undo your last change'

/** Acts on the section that has, or last had, the focus. One stop of the Tab key: arrows move within. */
export function Toolbar({
  bar,
  documentId,
  undoManager,
  editor,
  editable,
  file,
  full,
  setFull,
  ask,
  onComment,
  suggesting,
}: {
  bar: RefObject<HTMLDivElement>
  documentId: string
  undoManager: DocumentUndo
  editor: Editor | null
  editable: boolean
  /** The choice of a picture's file. */
  file: RefObject<HTMLInputElement>
  full: boolean
  setFull: (full: boolean) => void
  /** Opens a dialog about what is selected. */
  ask: (about: Asking) => void
  /** Begins a comment on what is selected; null for who may not. */
  onComment: (() => void) | null
  suggesting: { isOn: boolean; toggle: () => void }
}) {
  const { canUndo, canRedo, undo, redo } = useUndo(undoManager)
  const state = useActive(editor)
  const off = !editor || !editable
  const [chosen, setStop] = useState(FIRST)
  // A button that is gone (those of a table) leaves its stop to the first.
  const stop = bar.current?.querySelector(`button[aria-label="${CSS.escape(chosen)}"]`) ? chosen : FIRST
  const tabStop = useMemo(() => ({ stop, setStop }), [stop])

  function steer(event: KeyboardEvent) {
    if (event.key === 'Escape' && editor) return editor.view.focus()
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button.matches(':focus'))
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (next === undefined || at < 0) return
    event.preventDefault()
    buttons[(next + buttons.length) % buttons.length]?.focus()
  }

  return (
    <TabStop.Provider value={tabStop}>
      <div
        ref={bar}
        role="toolbar"
        aria-label="Formatting"
        onKeyDown={steer}
        className="relative -ml-2 flex min-w-0 items-center gap-1 overflow-x-auto py-1 [scrollbar-width:thin]"
      >
        {editable ? (
          <Group>
            <Tool
              name="Suggest"
              icon={PencilLine}
              keys="Mod+Alt+X"
              pressed={suggesting.isOn}
              onClick={suggesting.toggle}
            />
          </Group>
        ) : null}
        <Group>
          <Tool name={FIRST} icon={Undo2} keys="Mod+Z" disabled={!editable || !canUndo} onClick={undo} />
          <Tool name="Redo" icon={Redo2} keys="Mod+Y" disabled={!editable || !canRedo} onClick={redo} />
        </Group>
        {ACTS.map((group) => (
          <Group key={group[0]?.name}>
            {group.map((act) => (
              <Tool
                key={act.name}
                name={act.name}
                icon={act.icon}
                keys={act.keys}
                pressed={act.active ? state.acts.includes(act.name) : undefined}
                disabled={off}
                onClick={() => editor && act.run(editor)}
              />
            ))}
          </Group>
        ))}
        <Group>
          <Tool
            name="Link"
            icon={Link2}
            keys="Mod+K"
            pressed={state.link}
            disabled={off}
            onClick={() => ask('link')}
          />
          <Tool name="Picture" icon={ImagePlus} disabled={off} onClick={() => file.current?.click()} />
          {state.picture && !off ? (
            <Tool name="Describe the picture" icon={Captions} onClick={() => ask('picture')} />
          ) : null}
          <Tool
            name="Footnote"
            icon={Superscript}
            keys="Mod+Alt+F"
            pressed={state.note}
            disabled={off}
            onClick={() => ask('note')}
          />
          <input
            ref={file}
            type="file"
            multiple
            accept={PICTURE_TYPES}
            aria-label="Picture to put in"
            hidden
            onChange={(event) => {
              if (editor) insertPictures(editor.view, documentId, event.target.files, null)
              event.target.value = ''
            }}
          />
        </Group>
        {state.table && editor && editable ? <TableTools editor={editor} /> : null}
        {onComment ? (
          <Group>
            <Tool name="Comment" icon={MessageSquarePlus} keys="Mod+Alt+M" onClick={onComment} />
          </Group>
        ) : null}
        <Group>
          <Tool name="Find and replace" icon={Search} keys="Mod+F" onClick={() => ask('find')} />
          <Tool
            name={full ? 'Leave full screen' : 'Full screen'}
            icon={full ? Minimize2 : Maximize2}
            keys="Mod+Shift+F"
            onClick={() => setFull(!full)}
          />
          <Tool name="Print" icon={Printer} onClick={() => window.print()} />
          <Tool name="Keyboard" icon={Keyboard} keys="Mod+/" onClick={() => ask('keyboard')} />
        </Group>
      </div>
    </TabStop.Provider>
  )
}

type Active = { acts: readonly string[]; link: boolean; table: boolean; picture: boolean; note: boolean }
const NONE: Active = { acts: [], link: false, table: false, picture: false, note: false }

/** What holds where the caret stands; renders again only when that changes. */
function useActive(editor: Editor | null): Active {
  return (
    useEditorState({
      editor,
      selector: ({ editor: current }): Active =>
        current && !current.isDestroyed
          ? {
              acts: ALL_ACTS.filter((act) => act.active?.(current)).map((act) => act.name),
              link: current.isActive('link'),
              table: current.isActive('table'),
              picture: current.isActive('image'),
              note: current.isActive('footnote'),
            }
          : NONE,
    }) ?? NONE
  )
}
