import { Form } from '@remix-run/react'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { Table, Td, Th } from '../ui/table'

type SessionRow = { id: string; browser: string; from: string | null; since: Date; here: boolean }

/** Where one is signed in; the others can be ended from here. */
export function Sessions({ sessions }: { sessions: readonly SessionRow[] }) {
  return (
    <Table caption="Where you are signed in" stack>
      <thead>
        <tr>
          <Th>Browser</Th>
          <Th>Address</Th>
          <Th>Since</Th>
          <Th>
            <span className="sr-only">Change</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ id, browser, from, since, here }) => (
          <tr key={id}>
            <Th scope="row">
              {browser}
              {here ? <strong className="ml-2">this one</strong> : null}
            </Th>
            <Td label="Address">{from || 'not known'}</Td>
            <Td label="Since">
              <Moment at={since} />
            </Td>
            <Td>
              {here ? null : (
                <Form method="post">
                  <input type="hidden" name="act" value="end" />
                  <input type="hidden" name="sessionId" value={id} />
                  <Button size="sm" aria-label={`Sign out there: ${browser}`}>
                    Sign out there
                  </Button>
                </Form>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
