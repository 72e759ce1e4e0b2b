import { useState } from 'react'
import type { Verdict } from '../../collab/suggest/settle'
import type { SuggestionAuthor } from '../../domain/suggestion'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { toast } from '../ui/toast'
import type { Placed, Suggestions } from './use-suggesting'

const DONE: Record<Verdict, string> = { accept: 'Accepted.', reject: 'Rejected.' }

/** The open suggestions of a text, in its order: who made each, and accepting or rejecting it. */
export function SuggestionsPanel({
  suggestions,
  editable,
  titleOf,
}: {
  suggestions: Suggestions
  editable: boolean
  titleOf: (fragment: string) => string | null
}) {
  const { all, authors, active, isOwn, isFresh, goTo, settleAll } = suggestions
  return (
    <div className="space-y-3">
      {editable && all.length > 1 ? <All suggestions={suggestions} /> : null}
      {all.map((suggestion) => (
        <Card
          key={`${suggestion.fragment} ${suggestion.id}`}
          suggestion={suggestion}
          author={authors.get(suggestion.id) ?? null}
          isFresh={isFresh(suggestion.id)}
          isOwn={isOwn(suggestion.id)}
          isActive={suggestion.id === active}
          title={titleOf(suggestion.fragment)}
          onShow={() => goTo(suggestion)}
          settle={
            editable
              ? (verdict) => {
                  settleAll(verdict, (id) => id === suggestion.id)
                  toast(DONE[verdict])
                }
              : null
          }
        />
      ))}
      {all.length === 0 ? (
        <p className="text-sm text-muted">
          No open suggestions.
          {editable ? ' Choose Suggest above the text, and what you write is proposed.' : ''}
        </p>
      ) : null}
      <p className="text-xs text-muted">
        Until a suggestion is accepted, its new words neither count nor are exported, and the words it takes
        out stay. A proposal can be submitted once none is open.
      </p>
    </div>
  )
}

/** All at once, after a second word. */
function All({ suggestions: { all, settleAll } }: { suggestions: Suggestions }) {
  const [asked, ask] = useState<Verdict | null>(null)
  if (asked)
    return (
      <div className="flex flex-wrap items-center gap-1.5 border border-ochre border-l-4 bg-ochre-wash px-2 py-1.5 text-sm">
        <span>
          {asked === 'accept' ? 'Accept' : 'Reject'} all {all.length} suggestions, whoever made them?
        </span>
        <Button
          type="button"
          size="sm"
          variant={asked === 'reject' ? 'danger' : 'primary'}
          onClick={() => {
            settleAll(asked, () => true)
            ask(null)
            toast(DONE[asked])
          }}
        >
          {asked === 'accept' ? 'Accept all' : 'Reject all'}
        </Button>
        <Button type="button" size="sm" variant="quiet" onClick={() => ask(null)}>
          Cancel
        </Button>
      </div>
    )
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button type="button" size="sm" onClick={() => ask('accept')}>
        Accept all…
      </Button>
      <Button type="button" size="sm" variant="quiet" onClick={() => ask('reject')}>
        Reject all…
      </Button>
    </div>
  )
}

function Card({
  suggestion: { id, inserted, deleted },
  author,
  isFresh,
  isOwn,
  isActive,
  title,
  onShow,
  settle,
}: {
  suggestion: Placed
  /** Null until the portal has said who it is. */
  author: SuggestionAuthor | null
  isFresh: boolean
  isOwn: boolean
  isActive: boolean
  title: string | null
  onShow: () => void
  settle: ((verdict: Verdict) => void) | null
}) {
  const who = author?.name ?? (isFresh ? 'You' : 'Somebody')
  return (
    <article
      id={`suggestion-${id}`}
      aria-label={`${who}: ${inserted || deleted}`.slice(0, 80)}
      className={classNames(
        'border border-l-4 bg-sheet p-3 text-sm',
        isActive ? 'border-line border-l-focus shadow-raised' : 'border-rule border-l-rule',
      )}
    >
      <p className="flex flex-wrap items-baseline gap-x-1.5 text-xs text-muted">
        {author?.iso2 ? <Flag iso2={author.iso2} size={16} /> : null}
        <span className="font-semibold text-ink">{who}</span>
        {author ? (
          <>
            <span>{author.organization}</span>
            <Moment at={author.at} />
          </>
        ) : (
          <span>{isFresh ? 'being saved' : 'being looked up'}</span>
        )}
      </p>
      <button
        type="button"
        className="mt-1 block w-full break-words text-left hover:bg-accent-wash"
        onClick={onShow}
        title="Show it in the text"
      >
        {title ? <span className="block text-xs text-muted">{title}</span> : null}
        {deleted ? (
          <span className="block font-serif">
            <span className="font-sans text-xs text-muted">Take out: </span>
            <del>{short(deleted)}</del>
          </span>
        ) : null}
        {inserted ? (
          <span className="block font-serif">
            <span className="font-sans text-xs text-muted">Put in: </span>
            <ins>{short(inserted)}</ins>
          </span>
        ) : null}
        <span className="sr-only">Show it in the text</span>
      </button>
      {settle ? (
        <div className="mt-2 flex flex-wrap gap-1.5">
          <Button type="button" size="sm" onClick={() => settle('accept')}>
            Accept
          </Button>
          <Button type="button" size="sm" variant="quiet" onClick={() => settle('reject')}>
            {isOwn ? 'Take back' : 'Reject'}
          </Button>
        </div>
      ) : null}
    </article>
  )
}

const MOST_SHOWN = 300
const short = (text: string) => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text)
