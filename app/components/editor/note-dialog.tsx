import type { Editor } from '@tiptap/react'
import type { FormEvent } from 'react'
import { MAX_NOTE, noteText } from '../../collab/schema/nodes'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextArea } from '../ui/field'

/** A footnote or a source: puts one in where the caret stands, or changes the one that is selected. */
export function NoteDialog({
  editor,
  open,
  onClose,
}: {
  editor: Editor
  open: boolean
  onClose: () => void
}) {
  const isThere = editor.isActive('footnote')
  const present = isThere ? noteText(editor.getAttributes('footnote').text) : ''

  function close() {
    onClose()
    setTimeout(() => editor.commands.focus())
  }

  function keep(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim()
    if (isThere && text === '') editor.commands.deleteSelection()
    else if (isThere) editor.commands.updateAttributes('footnote', { text })
    else if (text) {
      // Behind what is selected: the note is about it.
      const { to } = editor.state.selection
      editor.commands.insertContentAt(to, { type: 'footnote', attrs: { text } })
    }
    close()
  }

  return (
    <Dialog
      title={isThere ? 'Footnote' : 'New footnote'}
      open={open}
      onOpenChange={(next) => (next ? undefined : close())}
    >
      <form onSubmit={keep}>
        <TextArea
          label="Note or source"
          name="text"
          rows={3}
          maxLength={MAX_NOTE}
          defaultValue={present}
          hint="Numbered by itself, listed at the end of the section, a real footnote in Word files."
          data-autofocus=""
        />
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          {isThere ? (
            <Button
              type="button"
              variant="danger"
              onClick={() => {
                editor.commands.deleteSelection()
                close()
              }}
            >
              Take it away
            </Button>
          ) : null}
          <Button variant="primary">{isThere ? 'Keep' : 'Put it in'}</Button>
        </div>
      </form>
    </Dialog>
  )
}
