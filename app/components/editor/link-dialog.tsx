import type { Editor } from '@tiptap/react'
import { type FormEvent, useState } from 'react'
import { isSafeLink } from '../../collab/schema/extensions'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextField } from '../ui/field'

/** The address of a link: sets, changes or takes it away. */
export function LinkDialog({
  editor,
  open,
  onClose,
}: {
  editor: Editor
  open: boolean
  onClose: () => void
}) {
  const present: unknown = editor.getAttributes('link').href
  const [problem, setProblem] = useState<string | null>(null)

  function close() {
    setProblem(null)
    onClose()
    editor.commands.focus()
  }

  function keep(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('href') ?? '').trim()
    const href = typed && !/^[a-z]+:/i.test(typed) ? `https://${typed}` : typed
    if (!isSafeLink(href)) return setProblem('An address begins with https://, http:// or mailto:.')
    const chain = editor.chain().focus().extendMarkRange('link')
    if (editor.state.selection.empty && !editor.isActive('link')) {
      chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run()
    } else chain.setLink({ href }).run()
    close()
  }

  return (
    <Dialog title="Link" open={open} onOpenChange={(next) => (next ? undefined : close())}>
      <form onSubmit={keep} noValidate>
        <TextField
          label="Address"
          name="href"
          defaultValue={typeof present === 'string' ? present : 'https://'}
          error={problem ? [problem] : undefined}
          autoFocus
        />
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          {typeof present === 'string' ? (
            <Button
              type="button"
              variant="danger"
              onClick={() => {
                editor.chain().focus().extendMarkRange('link').unsetLink().run()
                close()
              }}
            >
              Take the link away
            </Button>
          ) : null}
          <Button variant="primary">Set the link</Button>
        </div>
      </form>
    </Dialog>
  )
}
