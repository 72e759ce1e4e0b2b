import type { Editor } from '@tiptap/react'
import { Link2, Superscript } from 'lucide-react'
import { useRef, useState } from 'react'
import type { DocumentUndo } from '../../collab/undo'
import { useActive } from './active'
import { LinkDialog } from './link-dialog'
import { NoteDialog } from './note-dialog'
import { ActTools, FIRST_TOOL, PictureInput, UndoTools } from './shared-tools'
import { TextMenus } from './text-menus'
import { Group, Tool } from './tool'
import { ToolRow } from './tool-row'

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
  const state = useActive(editor)
  const bar = useRef<HTMLDivElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [asked, ask] = useState<'link' | 'note' | null>(null)
  const off = editor === null
  return (
    <>
      <ToolRow bar={bar} first={FIRST_TOOL} onEscape={() => editor?.view.focus()}>
        <UndoTools undoManager={undoManager} />
        <ActTools editor={editor} state={state} off={off} />
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
      <PictureInput input={file} editor={editor} documentId={documentId} />
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
