import type { Editor } from '@tiptap/react'
import { Link2, Redo2, Superscript, Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useUndo } from '../../collab/react'
import type { DocumentUndo } from '../../collab/undo'
import { useActive } from './active'
import { ACTS } from './acts'
import { LinkDialog } from './link-dialog'
import { NoteDialog } from './note-dialog'
import { insertPictures, PICTURE_TYPES } from './pictures'
import { TextMenus } from './text-menus'
import { Group, Tool } from './tool'
import { ToolRow } from './tool-row'

const FIRST = 'Undo your last change'

/** What one needs to write in a text that stands beside something else: the formatting, links, footnotes, and the menus. */
export function PaneTools({
  documentId,
  undoManager,
  editor,
}: {
  documentId: string
  undoManager: DocumentUndo
  /** That has, or last had, the focus. */
  editor: Editor | null
}) {
  const { canUndo, canRedo, undo, redo } = useUndo(undoManager)
  const state = useActive(editor)
  const bar = useRef<HTMLDivElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [asked, ask] = useState<'link' | 'note' | null>(null)
  const off = editor === null
  return (
    <>
      <ToolRow bar={bar} first={FIRST} onEscape={() => editor?.view.focus()}>
        <Group>
          <Tool name={FIRST} icon={Undo2} keys="Mod+Z" disabled={!canUndo} onClick={undo} />
          <Tool name="Redo" icon={Redo2} keys="Mod+Y" disabled={!canRedo} onClick={redo} />
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
          <Tool name="Link" icon={Link2} pressed={state.link} disabled={off} onClick={() => ask('link')} />
          <Tool
            name="Footnote"
            icon={Superscript}
            pressed={state.note}
            disabled={off}
            onClick={() => ask('note')}
          />
        </Group>
      </ToolRow>
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
      {editor ? (
        <>
          <LinkDialog editor={editor} open={asked === 'link'} onClose={() => ask(null)} />
          <NoteDialog editor={editor} open={asked === 'note'} onClose={() => ask(null)} />
          <TextMenus
            editor={editor}
            ask={(about) => (about === 'file' ? file.current?.click() : ask(about))}
          />
        </>
      ) : null}
    </>
  )
}
