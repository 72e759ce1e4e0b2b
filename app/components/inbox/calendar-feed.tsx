import { Form } from '@remix-run/react'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { ConfirmForm } from '../ui/dialog'
import { TextField } from '../ui/field'

/** Makes, shows once, and ends the secret address that a calendar program reads. */
export function CalendarFeed({ since, address }: { since: Date | string | null; address: string | null }) {
  return (
    <div className="max-w-prose space-y-3 text-sm">
      <p className="text-muted">
        A calendar program can read these deadlines at an address of your own. Whoever has the address reads
        them, so it is secret; what is restricted is not named in it. It shows only what you may see at that
        moment.
      </p>
      {address ? (
        <TextField
          label="Your calendar’s address"
          name="address"
          readOnly
          defaultValue={address}
          key={address}
          onFocus={(event) => event.currentTarget.select()}
          hint="Copy it now: it is not shown again. Add it in your calendar program as a calendar by address (URL)."
        />
      ) : null}
      {since ? (
        <div className="flex flex-wrap items-center gap-3">
          <p>
            Made <Moment at={since} />.
          </p>
          <ConfirmForm
            trigger={<Button size="sm">Make another</Button>}
            title="Make another address?"
            confirm="Make another"
          >
            <p>The present one leads nowhere from then on.</p>
            <input type="hidden" name="act" value="make" />
          </ConfirmForm>
          <ConfirmForm
            trigger={
              <Button size="sm" variant="danger">
                End it
              </Button>
            }
            title="End the address?"
            confirm="End it"
          >
            <p>Calendars that read it get nothing any more.</p>
            <input type="hidden" name="act" value="end" />
          </ConfirmForm>
        </div>
      ) : (
        <Form method="post">
          <Button name="act" value="make">
            Make the address
          </Button>
        </Form>
      )}
    </div>
  )
}
