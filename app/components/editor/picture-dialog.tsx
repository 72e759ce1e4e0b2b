import type { Editor } from '@tiptap/react'
import type { FormEvent } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextField } from '../ui/field'

/** What a picture shows, for those who cannot see it. */
export function PictureDialog({
  editor,
  open,
  onClose,
}: {
  editor: Editor
  open: boolean
  onClose: () => void
}) {
  const alt: unknown = editor.getAttributes('image').alt

  function close() {
    onClose()
    setTimeout(() => editor.commands.focus())
  }

  function keep(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('alt') ?? '').trim()
    editor.commands.updateAttributes('image', { alt: typed })
    close()
  }

  return (
    <Dialog title="Describe the picture" open={open} onOpenChange={(next) => (next ? undefined : close())}>
      <form onSubmit={keep}>
        <TextField
          label="What it shows"
          name="alt"
          maxLength={500}
          defaultValue={typeof alt === 'string' ? alt : ''}
          hint="Read out to those who cannot see it, and kept in Word files."
          data-autofocus=""
        />
        <div className="mt-5 flex justify-end">
          <Button variant="primary">Keep</Button>
        </div>
      </form>
    </Dialog>
  )
}
