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
  const href: unknown = editor.getAttributes('link').href
  const present = typeof href === 'string' ? href : null
  const [problem, setProblem] = useState<string | null>(null)

  function close() {
    setProblem(null)
    onClose()
    // After the dialog has given the focus back to where it was.
    setTimeout(() => editor.commands.focus())
  }

  function keep(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('href') ?? '').trim()
    const address = withScheme(typed)
    if (!isSafeLink(address)) return setProblem('An address begins with https://, http:// or mailto:.')
    const chain = editor.chain().extendMarkRange('link')
    if (editor.state.selection.empty && present === null) {
      chain
        .insertContent({ type: 'text', text: typed, marks: [{ type: 'link', attrs: { href: address } }] })
        .run()
    } else chain.setLink({ href: address }).run()
    close()
  }

  return (
    <Dialog title="Link" open={open} onOpenChange={(next) => (next ? undefined : close())}>
      <form onSubmit={keep} noValidate>
        <TextField
          label="Address"
          name="href"
          defaultValue={present ?? ''}
          placeholder="https://"
          hint="A page (https://…) or a mail address."
          error={problem ? [problem] : undefined}
          data-autofocus=""
        />
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          {present !== null ? (
            <>
              <a
                className="link mr-auto self-center text-sm"
                href={isSafeLink(present) ? present : undefined}
                target="_blank"
                rel="noreferrer noopener"
              >
                Open it
              </a>
              <Button
                type="button"
                variant="danger"
                onClick={() => {
                  editor.chain().extendMarkRange('link').unsetLink().run()
                  close()
                }}
              >
                Take the link away
              </Button>
            </>
          ) : null}
          <Button variant="primary">Set the link</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** People type addresses without their scheme. */
function withScheme(typed: string): string {
  if (typed === '' || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(typed)) return typed
  return /^[^\s/@]+@[^\s/@]+$/.test(typed) ? `mailto:${typed}` : `https://${typed}`
}
