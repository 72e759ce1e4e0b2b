import { Form } from '@remix-run/react'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { ConfirmForm } from '../ui/dialog'
import { Flag } from '../ui/flag'

type Change = { where: string; removed: readonly string[]; added: readonly string[] }
export type KeptAside = {
  id: string
  at: string
  author: string
  organization: string
  iso2: string | null
  preview: { fits: boolean; changes: readonly Change[] } | null
}

/** What people wrote who could not any more when it arrived: for a head to take in or to throw away. */
export const Aside = ({ kept }: { kept: readonly KeptAside[] }) => (
  <>
    <p className="mb-3 text-sm text-muted">
      Written by people whose right to write had ended when it arrived, as after a time offline. It is not in
      the text; its authors know that you decide.
    </p>
    <ol className="space-y-4">
      {kept.map((one) => (
        <One key={one.id} kept={one} />
      ))}
    </ol>
  </>
)

function One({ kept: { id, at, author, organization, iso2, preview } }: { kept: KeptAside }) {
  const titleId = `aside-${id}`
  return (
    <li className="border border-line bg-sheet p-3">
      <article aria-labelledby={titleId}>
        <h3 id={titleId} className="text-base">
          {iso2 ? <Flag iso2={iso2} size={16} className="mr-1.5" /> : null}
          {author}, {organization}
        </h3>
        <p className="text-xs text-muted">
          Arrived <Moment at={at} />
        </p>
        {preview?.changes.map((change) => (
          <WouldChange key={change.where} change={change} />
        ))}
        {preview?.changes.length === 0 ? (
          <p className="mt-2 text-sm">It changes no words: formatting, or what the text holds already.</p>
        ) : null}
        {preview ? null : <p className="mt-2 text-sm">It cannot be shown at this moment.</p>}
        {preview?.fits === false ? (
          <p className="mt-2 text-sm text-red">
            It builds on what this text does not hold: decide over what came before it first.
          </p>
        ) : null}
        <div className="mt-3 flex flex-wrap gap-2">
          <Form method="post">
            <input type="hidden" name="act" value="accept" />
            <input type="hidden" name="aside" value={id} />
            <Button size="sm" variant="primary" disabled={preview?.fits !== true}>
              Take it into the text
            </Button>
          </Form>
          <ConfirmForm
            trigger={
              <Button size="sm" variant="danger">
                Discard
              </Button>
            }
            title={`Discard what ${author} wrote?`}
            confirm="Discard it"
          >
            <p>It is deleted and cannot be brought back. That you discarded it is recorded.</p>
            <input type="hidden" name="act" value="discard" />
            <input type="hidden" name="aside" value={id} />
          </ConfirmForm>
        </div>
      </article>
    </li>
  )
}

const WouldChange = ({ change: { where, removed, added } }: { change: Change }) => (
  <div className="mt-2 text-sm">
    <h4 className="font-sans text-sm font-semibold">{where}</h4>
    {removed.length > 0 ? <Lines of={removed} as="del" label="Takes away" /> : null}
    {added.length > 0 ? <Lines of={added} as="ins" label="Adds" /> : null}
  </div>
)

function Lines({ of, as: Tag, label }: { of: readonly string[]; as: 'ins' | 'del'; label: string }) {
  return (
    <div className="mt-1">
      <span className="text-xs text-muted">{label}</span>
      <Tag className="block whitespace-pre-wrap break-words">{of.join('\n')}</Tag>
    </div>
  )
}
