/** What the toolbar of a page and the one of a text beside something else have alike. */
import type { Editor } from '@tiptap/react'
import { Redo2, Undo2 } from 'lucide-react'
import type { RefObject } from 'react'
import { useUndo } from '../../collab/react'
import type { DocumentUndo } from '../../collab/undo'
import type { Active } from './active'
import { ACTS } from './acts'
import { insertPictures, PICTURE_TYPES } from './pictures'
import { Group, Tool } from './tool'

/** The Tab key's first stop in a toolbar. */
export const FIRST_TOOL = 'Undo your last change'

/** One's own last changes, undone and redone. */
export function UndoTools({ undoManager, off = false }: { undoManager: DocumentUndo; off?: boolean }) {
  const { canUndo, canRedo, undo, redo } = useUndo(undoManager)
  return (
    <Group>
      <Tool name={FIRST_TOOL} icon={Undo2} keys="Mod+Z" disabled={off || !canUndo} onClick={undo} />
      <Tool name="Redo" icon={Redo2} keys="Mod+Y" disabled={off || !canRedo} onClick={redo} />
    </Group>
  )
}

/** The acts on the text, group by group. */
export function ActTools({ editor, state, off }: { editor: Editor | null; state: Active; off: boolean }) {
  return ACTS.map((group) => (
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
  ))
}

/** The choice of pictures' files, opened by a button elsewhere. */
export function PictureInput({
  input,
  editor,
  documentId,
}: {
  input: RefObject<HTMLInputElement>
  editor: Editor | null
  documentId: string
}) {
  return (
    <input
      ref={input}
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
  )
}
