import { Form } from '@remix-run/react'
import { roleWords } from '../../domain/role-words'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { ConfirmForm } from '../ui/dialog'
import { Table, Td, Th } from '../ui/table'

type InvitationRow = { id: string; email: string; role: string | null; expiresAt: Date; inviter: string }

/** Invitations that nobody has accepted yet: sent again with a new link, or cancelled. */
export function Invitations({ invitations }: { invitations: readonly InvitationRow[] }) {
  if (invitations.length === 0) return <p className="text-sm text-muted">No invitation is open.</p>
  return (
    <Table caption="Open invitations" stack>
      <thead>
        <tr>
          <Th>Email</Th>
          <Th>Role</Th>
          <Th>Invited by</Th>
          <Th>Holds until</Th>
          <Th>
            <span className="sr-only">Change</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {invitations.map(({ id, email, role, expiresAt, inviter }) => (
          <tr key={id}>
            <Th scope="row">{email}</Th>
            <Td label="Role">{roleWords(role)?.label ?? 'not known'}</Td>
            <Td label="Invited by">{inviter}</Td>
            <Td label="Holds until">
              <Moment at={expiresAt} />
            </Td>
            <Td>
              <div className="flex flex-wrap gap-2">
                <Form method="post">
                  <input type="hidden" name="act" value="invite" />
                  <input type="hidden" name="email" value={email} />
                  <input type="hidden" name="role" value={role ?? ''} />
                  <Button size="sm" aria-label={`Send again: the invitation of ${email}`}>
                    Send again
                  </Button>
                </Form>
                <ConfirmForm
                  trigger={
                    <Button size="sm" variant="danger" aria-label={`Cancel the invitation of ${email}`}>
                      Cancel
                    </Button>
                  }
                  title={`Cancel the invitation of ${email}?`}
                  confirm="Cancel the invitation"
                >
                  <p>The link in the mail stops working.</p>
                  <input type="hidden" name="act" value="cancel" />
                  <input type="hidden" name="invitationId" value={id} />
                </ConfirmForm>
              </div>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
