import { useRef } from 'react'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { TextArea } from '../ui/field'
import { FormErrors } from '../ui/form-errors'
import { toast } from '../ui/toast'

/** Where the page shows who did what: one is led there. */
export const WHAT_HAPPENED = 'what-happened'

/**
 * Why an act on a case was refused. Somebody else may have moved it while one wrote: then it says when, and what to do now.
 */
export function CaseRefusal({
  message,
  movedAt,
  kept,
}: {
  /** Says who did what, where somebody did. */
  message: string
  /** When somebody else moved the case while the page was open; null when nobody did. */
  movedAt: Date | string | null
  /** What one wrote, where its form is not on the page any more; null when nothing was written, or it still stands there. */
  kept: string | null
}) {
  return (
    <FormErrors message={message}>
      {movedAt ? (
        <p className="mt-1">
          That was at <Moment at={movedAt} />. The page shows how it stands now: read{' '}
          <a href={`#${WHAT_HAPPENED}`} className="link">
            what happened
          </a>{' '}
          before you go on.
        </p>
      ) : null}
      {kept ? <Unsent text={kept} /> : null}
    </FormErrors>
  )
}

function Unsent({ text }: { text: string }) {
  const area = useRef<HTMLDivElement>(null)
  function copy() {
    area.current?.querySelector('textarea')?.select()
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject()
    copied.then(
      () => toast('Copied.'),
      () => toast('It is selected: copy it with your browser.'),
    )
  }
  return (
    <div ref={area} className="mt-2 space-y-2">
      <TextArea
        label="What you wrote"
        name="kept"
        hint="It was not sent. Copy it if you still need it: it is gone when you leave this page."
        rows={4}
        readOnly
        value={text}
      />
      <Button type="button" size="sm" onClick={copy}>
        Copy
      </Button>
    </div>
  )
}
