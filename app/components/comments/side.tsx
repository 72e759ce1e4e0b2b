import { type LucideIcon, MessageSquareText, PencilLine, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { SuggestionsPanel } from '../suggestions/panel'
import type { Suggestions } from '../suggestions/use-suggesting'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { CommentsPanel } from './panel'
import type { Commenting } from './use-commenting'

export type BesideText = 'Key facts' | 'Comments' | 'Suggestions'

/**
 * What stands beside the text on a wide page, one at a time: key facts, where there are any, comments and suggestions. On
 * a phone the last two come up from below, so that the passage stays in sight above them.
 */
export function Side({
  facts,
  commenting,
  suggestions,
  editable,
  shown,
  onChoose,
  sheet,
  onCloseSheet,
  titleOf,
  onBegin,
  className,
}: {
  facts: ReactNode | null
  commenting: Commenting
  suggestions: Suggestions
  editable: boolean
  shown: BesideText
  onChoose: (what: BesideText) => void
  /** What comes up from below, on a phone. */
  sheet: 'Comments' | 'Suggestions' | null
  onCloseSheet: () => void
  titleOf: (fragment: string) => string | null
  onBegin: () => void
  className: string
}) {
  const { comments, filter, setFilter, active, beginning, showThread, end } = commenting
  const open = comments.all?.threads.filter(({ state }) => state === 'open').length ?? 0
  const choice = (what: BesideText, words: ReactNode) => (
    <Button
      type="button"
      size="sm"
      variant={shown === what ? 'primary' : 'secondary'}
      aria-pressed={shown === what}
      onClick={() => onChoose(what)}
    >
      {words}
    </Button>
  )
  return (
    <div className={className}>
      <div className="no-print mb-3 hidden flex-wrap gap-1 lg:flex">
        {facts ? choice('Key facts', 'Key facts') : null}
        {choice('Comments', `Comments ${open}`)}
        {choice('Suggestions', `Suggestions ${suggestions.all.length}`)}
      </div>
      {facts}
      <p role="status" className="sr-only">
        {comments.news}
      </p>
      <Sheet
        name="Suggestions"
        icon={PencilLine}
        isOpen={sheet === 'Suggestions'}
        isShown={shown === 'Suggestions'}
        onClose={onCloseSheet}
      >
        <SuggestionsPanel suggestions={suggestions} editable={editable} titleOf={titleOf} />
      </Sheet>
      <Sheet
        name="Comments"
        icon={MessageSquareText}
        isOpen={sheet === 'Comments'}
        isShown={shown === 'Comments'}
        onClose={onCloseSheet}
      >
        <CommentsPanel
          comments={comments}
          filter={filter}
          setFilter={setFilter}
          active={active}
          beginning={beginning}
          titleOf={titleOf}
          onShow={showThread}
          onBegin={onBegin}
          onEnd={end}
        />
      </Sheet>
    </div>
  )
}

function Sheet({
  name,
  icon: Icon,
  isOpen,
  isShown,
  onClose,
  children,
}: {
  name: string
  icon: LucideIcon
  isOpen: boolean
  isShown: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <aside
      aria-label={name}
      className={classNames(
        'no-print min-w-0',
        isOpen ? 'block' : 'hidden',
        isShown ? 'lg:block' : 'lg:hidden',
        'max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:max-h-[65dvh] max-lg:overflow-y-auto',
        'max-lg:rounded-t-lg max-lg:border-t max-lg:border-line max-lg:bg-paper max-lg:px-4 max-lg:pb-6 max-lg:shadow-raised',
      )}
    >
      <div className="flex items-center justify-between gap-2 max-lg:sticky max-lg:top-0 max-lg:z-10 max-lg:bg-paper max-lg:py-2">
        <h2 className="mb-2 flex items-center gap-2 text-lg">
          <Icon aria-hidden="true" className="size-4" />
          {name}
        </h2>
        <Button type="button" size="sm" variant="quiet" className="lg:hidden" onClick={onClose}>
          <X aria-hidden="true" />
          Close
        </Button>
      </div>
      {children}
    </aside>
  )
}
