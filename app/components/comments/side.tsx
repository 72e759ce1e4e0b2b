import { MessageSquareText, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { CommentsPanel } from './panel'
import type { Commenting } from './use-commenting'

/**
 * What stands beside the text on a wide page, one at a time: key facts, where there are any, and comments. On a phone
 * the comments come up from below, so that the passage stays in sight above them.
 */
export function Side({
  facts,
  commenting,
  shown,
  onChoose,
  isSheetOpen,
  onCloseSheet,
  titleOf,
  onBegin,
  className,
}: {
  facts: ReactNode | null
  commenting: Commenting
  shown: 'Key facts' | 'Comments'
  onChoose: (what: 'Key facts' | 'Comments') => void
  /** On a phone. */
  isSheetOpen: boolean
  onCloseSheet: () => void
  titleOf: (fragment: string) => string | null
  onBegin: () => void
  className: string
}) {
  const { comments, filter, setFilter, active, beginning, showThread, end } = commenting
  const open = comments.all?.threads.filter(({ state }) => state === 'open').length ?? 0
  const choice = (what: 'Key facts' | 'Comments', words: ReactNode) => (
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
      {facts ? (
        <div className="no-print mb-3 hidden gap-1 lg:flex">
          {choice('Key facts', 'Key facts')}
          {choice('Comments', `Comments ${open}`)}
        </div>
      ) : null}
      {facts}
      <p role="status" className="sr-only">
        {comments.news}
      </p>
      <aside
        aria-label="Comments"
        className={classNames(
          'no-print min-w-0',
          isSheetOpen ? 'block' : 'hidden',
          shown === 'Comments' ? 'lg:block' : 'lg:hidden',
          'max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:max-h-[65dvh] max-lg:overflow-y-auto',
          'max-lg:rounded-t-lg max-lg:border-t max-lg:border-line max-lg:bg-paper max-lg:px-4 max-lg:pb-6 max-lg:shadow-raised',
        )}
      >
        <div className="flex items-center justify-between gap-2 max-lg:sticky max-lg:top-0 max-lg:z-10 max-lg:bg-paper max-lg:py-2">
          <h2 className="mb-2 flex items-center gap-2 text-lg">
            <MessageSquareText aria-hidden="true" className="size-4" />
            Comments
          </h2>
          <Button type="button" size="sm" variant="quiet" className="lg:hidden" onClick={onCloseSheet}>
            <X aria-hidden="true" />
            Close
          </Button>
        </div>
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
      </aside>
    </div>
  )
}
