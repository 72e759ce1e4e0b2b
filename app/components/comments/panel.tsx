import { useRef } from 'react'
import {
  type CommentThread,
  filterThreads,
  type Passage,
  THREAD_FILTERS,
  type ThreadFilter,
} from '../../domain/comment'
import { Button } from '../ui/button'
import { PaneSwitch } from '../ui/pane-switch'
import { CommentBox, mentionsOf } from './comment-box'
import { Thread } from './thread'
import type { Comments } from './use-comments'

const NOTHING: Record<ThreadFilter, string> = {
  open: 'No open comments.',
  mine: 'You take part in no thread, and none names you.',
  resolved: 'Nothing has been resolved yet.',
}

/** The comments of a text, in the order of what they are about. */
export function CommentsPanel({
  comments,
  filter,
  setFilter,
  active,
  beginning,
  titleOf,
  onShow,
  onBegin,
  onEnd,
}: {
  comments: Comments
  filter: ThreadFilter
  setFilter: (filter: ThreadFilter) => void
  active: string | null
  /** The passage that a comment is being begun on. */
  beginning: Passage | null
  titleOf: (fragment: string) => string | null
  onShow: (thread: CommentThread) => void
  /** Begins a comment on what is selected. */
  onBegin: () => void
  /** The comment was begun, or not: `thread` is its id. */
  onEnd: (thread: string | null) => void
}) {
  const { all, problem, places, order } = comments
  const threads = all ? places.inOrder(filterThreads(all.threads, filter, all.reader)) : []
  const count = (of: ThreadFilter) => (all ? filterThreads(all.threads, of, all.reader).length : 0)
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-1">
        <PaneSwitch
          legend="Which comments"
          panes={THREAD_FILTERS}
          labels={{
            open: `Open ${count('open')}`,
            mine: `Mine ${count('mine')}`,
            resolved: `Resolved ${count('resolved')}`,
          }}
          shown={filter}
          show={setFilter}
        />
        {all?.mayComment && !beginning ? (
          <Button type="button" size="sm" variant="quiet" onClick={onBegin}>
            Comment
          </Button>
        ) : null}
      </div>
      {problem ? (
        <p role="alert" className="border border-ochre border-l-4 bg-ochre-wash px-2 py-1 text-sm">
          {problem}
        </p>
      ) : null}
      {beginning && all ? (
        <Beginning comments={comments} passage={beginning} titleOf={titleOf} onEnd={onEnd} />
      ) : null}
      {threads.map((thread) => (
        <Thread
          key={thread.id}
          comments={comments}
          thread={thread}
          title={titleOf(thread.passage.fragment)}
          isActive={thread.id === active}
          isGone={order.gone.has(thread.id)}
          onShow={() => onShow(thread)}
        />
      ))}
      {all && threads.length === 0 && !beginning ? (
        <p className="text-sm text-muted">
          {NOTHING[filter]}
          {all.mayComment && filter === 'open' ? ' Select a passage, then choose Comment.' : ''}
        </p>
      ) : null}
      {all ? <p className="text-xs text-muted">{all.readers}</p> : <p role="status">Reading the comments…</p>}
    </div>
  )
}

function Beginning({
  comments,
  passage,
  titleOf,
  onEnd,
}: {
  comments: Comments
  passage: Passage
  titleOf: (fragment: string) => string | null
  onEnd: (thread: string | null) => void
}) {
  const begun = useRef<string | null>(null)
  return (
    <section
      aria-label="New comment"
      className="border border-line border-l-4 border-l-focus bg-sheet p-3 text-sm shadow-raised"
    >
      <p className="text-xs text-muted">{titleOf(passage.fragment)}</p>
      {passage.quote ? (
        <q className="mb-2 line-clamp-2 border-l-2 border-ochre pl-2 font-serif italic">{passage.quote}</q>
      ) : (
        <p className="mb-2 font-semibold">The whole section</p>
      )}
      <CommentBox
        comments={comments}
        name="new"
        label="Comment"
        button="Comment"
        send={async ({ key, text, mentions }) => {
          const answer = await comments.send({
            ...{ act: 'start', key, text, mentions: mentionsOf(mentions) },
            passage,
          })
          if (answer.ok) begun.current = answer.value.thread
          return answer.ok ? null : answer.message
        }}
        onCancel={() => onEnd(begun.current)}
      />
    </section>
  )
}
