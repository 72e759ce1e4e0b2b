import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { ConfirmForm } from '../ui/dialog'
import { Table, Td, Th } from '../ui/table'

type InvitationRow = { id: string; email: string; role: string | null; expiresAt: Date; inviter: string }

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
          <Th>Change</Th>
        </tr>
      </thead>
      <tbody>
        {invitations.map(({ id, email, role, expiresAt, inviter }) => (
          <tr key={id}>
            <Th scope="row">{email}</Th>
            <Td label="Role">{role}</Td>
            <Td label="Invited by">{inviter}</Td>
            <Td label="Holds until">
              <Moment at={expiresAt} />
            </Td>
            <Td label="Change">
              <ConfirmForm
                trigger={
                  <Button size="sm" variant="danger">
                    Cancel the invitation
                  </Button>
                }
                title={`Cancel the invitation of ${email}?`}
                confirm="Cancel the invitation"
              >
                <p>The link in the mail stops working.</p>
                <input type="hidden" name="act" value="cancel" />
                <input type="hidden" name="invitationId" value={id} />
              </ConfirmForm>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
