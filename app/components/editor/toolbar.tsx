import type { Editor } from '@tiptap/react'
import {
  Captions,
  History,
  ImagePlus,
  Keyboard,
  Link2,
  Maximize2,
  MessageSquarePlus,
  Minimize2,
  PencilLine,
  Printer,
  Search,
  Superscript,
} from 'lucide-react'
import type { RefObject } from 'react'
import type { DocumentUndo } from '../../collab/undo'
import { useActive } from './active'
import { ActTools, FIRST_TOOL, PictureInput, UndoTools } from './shared-tools'
import { TableTools } from './table-tools'
import { Group, Tool } from './tool'
import { ToolRow } from './tool-row'

const FIND_ONLY = 'Find'

export type Asking = 'link' | 'picture' | 'note' | 'find' | 'keyboard' | null

/** Acts on the section that has, or last had, the focus. One stop of the Tab key: arrows move within. */
export function Toolbar({
  bar,
  documentId,
  undoManager,
  editor,
  offersWriting,
  editable,
  file,
  full,
  setFull,
  ask,
  onComment,
  onHistory,
  suggesting,
}: {
  bar: RefObject<HTMLDivElement>
  documentId: string
  undoManager: DocumentUndo
  editor: Editor | null
  /** False for who reads or comments: tools that change the text are not there then. */
  offersWriting: boolean
  /** Whether the text takes what one writes at this moment. */
  editable: boolean
  /** The choice of a picture's file. */
  file: RefObject<HTMLInputElement>
  full: boolean
  setFull: (full: boolean) => void
  /** Opens a dialog about what is selected. */
  ask: (about: Asking) => void
  /** Begins a comment on what is selected; null for who may not. */
  onComment: (() => void) | null
  /** Shows the history beside the text; null for who may not see it. */
  onHistory: (() => void) | null
  suggesting: { isOn: boolean; toggle: () => void }
}) {
  const state = useActive(editor)
  const off = !editor || !editable
  return (
    <>
      <ToolRow
        bar={bar}
        first={offersWriting ? FIRST_TOOL : FIND_ONLY}
        onEscape={() => editor?.view.focus()}
        className="-ml-2"
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
        {offersWriting ? (
          <>
            <UndoTools undoManager={undoManager} off={!editable} />
            <ActTools editor={editor} state={state} off={off} />
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
              <PictureInput input={file} editor={editor} documentId={documentId} />
            </Group>
          </>
        ) : null}
        {onComment ? (
          <Group>
            <Tool name="Comment" icon={MessageSquarePlus} keys="Mod+Alt+M" onClick={onComment} />
          </Group>
        ) : null}
        <Group>
          <Tool
            name={offersWriting ? 'Find and replace' : FIND_ONLY}
            icon={Search}
            keys="Mod+F"
            onClick={() => ask('find')}
          />
          <Tool
            name={full ? 'Leave full screen' : 'Full screen'}
            icon={full ? Minimize2 : Maximize2}
            keys="Mod+Shift+F"
            onClick={() => setFull(!full)}
          />
          {onHistory ? <Tool name="History" icon={History} onClick={onHistory} /> : null}
          <Tool name="Print" icon={Printer} onClick={() => window.print()} />
          <Tool name="Keyboard" icon={Keyboard} keys="Mod+/" onClick={() => ask('keyboard')} />
        </Group>
      </ToolRow>
      {state.table && editor && editable ? <TableTools editor={editor} /> : null}
    </>
  )
}
