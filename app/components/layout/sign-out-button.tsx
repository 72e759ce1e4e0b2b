import { Form } from '@remix-run/react'
import { LogOut } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

/**
 * Signs out. What the account wrote offline and did not send is kept in this browser; signing out deletes it, so it
 * asks first when there is some.
 */
export function SignOutButton({ accountId }: { accountId: string }) {
  const form = useRef<HTMLFormElement>(null)
  const [unsent, setUnsent] = useState(0)

  async function leave() {
    const { clearAccount } = await import('../../collab/unsent-work')
    await clearAccount(accountId)
    // By the browser itself, not by a fetch: the new page starts without anything that this one holds in memory.
    form.current?.submit()
  }

  async function ask(event: FormEvent) {
    event.preventDefault()
    const { unsentWork } = await import('../../collab/unsent-work')
    const count = await unsentWork(accountId)
    if (count > 0) setUnsent(count)
    else await leave()
  }

  return (
    <>
      <Form ref={form} method="post" action="/sign-out" onSubmit={ask}>
        <Button size="sm" variant="secondary">
          <LogOut aria-hidden="true" />
          Sign out
        </Button>
      </Form>
      <Dialog title="Sign out and lose what is not sent?" open={unsent > 0} onOpenChange={() => setUnsent(0)}>
        <div className="space-y-3 text-sm">
          <p>
            {unsent === 1 ? 'One change is' : `${unsent} changes are`} kept in this browser and not saved at
            the portal yet. Signing out deletes {unsent === 1 ? 'it' : 'them'} here.
          </p>
          <p>To keep {unsent === 1 ? 'it' : 'them'}, stay signed in until the document says “Saved”.</p>
        </div>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button type="button" variant="danger" onClick={leave}>
            Delete and sign out
          </Button>
          <Button type="button" variant="primary" onClick={() => setUnsent(0)}>
            Stay signed in
          </Button>
        </div>
      </Dialog>
    </>
  )
}
