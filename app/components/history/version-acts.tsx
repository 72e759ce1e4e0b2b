import { Form, type FormProps } from '@remix-run/react'
import type { FieldProblems } from '../../domain/fault'
import { Button } from '../ui/button'
import { ConfirmForm, Dialog } from '../ui/dialog'
import { TextField } from '../ui/field'
import type { NamedVersion } from './shown'

/** What somebody who may write does with the version that is shown: name it, bring it back. */
export function VersionActs({
  at,
  isNow,
  version,
  problems,
  typed,
  form,
}: {
  at: number
  /** The version is the text as it is now. */
  isNow: boolean
  version: NamedVersion | undefined
  problems: FieldProblems
  /** What was sent and refused. */
  typed: string
  /** How they are sent. */
  form?: Omit<FormProps, 'children'>
}) {
  const seq = (
    <>
      <input type="hidden" name="seq" value={at} />
      {form ? <input type="hidden" name="beside" value="1" /> : null}
    </>
  )
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Dialog
        key={`${at} ${version?.name}`}
        trigger={<Button size="sm">{version ? 'Rename this version' : 'Name this version'}</Button>}
        title={version ? 'Rename this version' : 'Name this version'}
      >
        <Form {...form} method="post" preventScrollReset>
          <input type="hidden" name="act" value="name" />
          {seq}
          <TextField
            label="Name"
            name="name"
            defaultValue={typed || version?.name}
            hint="3 to 80 characters, as “Sent to the ministry”. Everybody who reads the text sees it."
            error={problems.name}
            data-autofocus
          />
          <div className="mt-4 flex justify-end">
            <Button variant="primary">{version ? 'Rename' : 'Name it'}</Button>
          </div>
        </Form>
      </Dialog>
      {version ? (
        <ConfirmForm
          {...form}
          preventScrollReset
          trigger={
            <Button size="sm" variant="quiet">
              Remove the name
            </Button>
          }
          title={`Remove the name “${version.name}”?`}
          confirm="Remove the name"
        >
          <p>The version itself stays in the history.</p>
          <input type="hidden" name="act" value="remove" />
          {seq}
        </ConfirmForm>
      ) : null}
      {isNow ? null : (
        <ConfirmForm
          {...form}
          preventScrollReset
          trigger={<Button size="sm">Restore this version</Button>}
          title="Restore this version?"
          confirm="Restore this version"
          variant="primary"
        >
          <p>
            The text and the key facts become what they were then, by a new edit in your name. Everybody who
            has the document open sees it at once.
          </p>
          <p>Nothing of the history is lost: the version before can be restored in the same way.</p>
          <input type="hidden" name="act" value="restore" />
          {seq}
        </ConfirmForm>
      )}
    </div>
  )
}
