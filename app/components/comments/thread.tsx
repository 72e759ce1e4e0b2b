import { useState } from 'react'
import type { CommentInput, CommentThread, ThreadComment } from '../../domain/comment'
import { piecesOf } from '../../domain/comment'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { toast } from '../ui/toast'
import { CommentBox, mentionsOf } from './comment-box'
import type { Comments } from './use-comments'

/** One thread: its passage, what was said, and what the reader may do with it. */
export function Thread({
  comments,
  thread,
  title,
  isActive,
  isGone,
  onShow,
}: {
  comments: Comments
  thread: CommentThread
  /** Of the section; null for a text of one body. */
  title: string | null
  isActive: boolean
  /** Its passage was deleted. */
  isGone: boolean
  /** Shows the passage in the text. */
  onShow: () => void
}) {
  const [replying, setReplying] = useState(comments.drafts.has(`reply ${thread.id}`))
  const mayComment = comments.all?.mayComment === true
  const isOpen = thread.state === 'open'
  const [first] = thread.comments

  async function settle(act: 'resolve' | 'reopen') {
    const answer = await comments.send({ act, thread: thread.id })
    if (!answer.ok) toast(answer.message, 'problem')
    else toast(act === 'resolve' ? 'Resolved.' : 'Open again.')
  }

  return (
    <article
      id={`thread-${thread.id}`}
      aria-label={`${first?.by.name ?? 'Somebody'}: ${thread.passage.quote.slice(0, 60) || title || 'comment'}`}
      tabIndex={-1}
      className={classNames(
        'scroll-mt-4 border border-l-4 bg-sheet p-3 text-sm outline-offset-2',
        isActive ? 'border-line border-l-focus shadow-raised' : 'border-rule border-l-rule',
      )}
    >
      <Place thread={thread} title={title} isGone={isGone} onShow={onShow} />
      <ol className="mt-2 space-y-2.5">
        {thread.comments.map((comment) => (
          <Said key={comment.id} comments={comments} comment={comment} />
        ))}
      </ol>
      {thread.resolved ? (
        <p className="mt-2 text-xs text-muted">
          Resolved by {thread.resolved.by.name}, {thread.resolved.by.organization},{' '}
          <Moment at={thread.resolved.at} />
        </p>
      ) : null}
      {mayComment && isOpen && replying ? (
        <div className="mt-2">
          <CommentBox
            comments={comments}
            name={`reply ${thread.id}`}
            label="Answer"
            button="Answer"
            onCancel={() => setReplying(false)}
            send={({ key, text, mentions }) =>
              said(comments, { act: 'reply', key, thread: thread.id, text, mentions: mentionsOf(mentions) })
            }
          />
        </div>
      ) : null}
      {mayComment && !replying ? (
        <div className="mt-2 flex flex-wrap gap-1.5">
          {isOpen ? (
            <>
              <Button type="button" size="sm" onClick={() => setReplying(true)}>
                Answer
              </Button>
              <Button type="button" size="sm" variant="quiet" onClick={() => void settle('resolve')}>
                Resolve
              </Button>
            </>
          ) : (
            <Button type="button" size="sm" onClick={() => void settle('reopen')}>
              Reopen
            </Button>
          )}
        </div>
      ) : null}
    </article>
  )
}

/** Sends it. Out: what went wrong, in words; null when it is stored. */
export async function said(comments: Comments, input: CommentInput): Promise<string | null> {
  const answer = await comments.send(input)
  return answer.ok ? null : answer.message
}

function Place({
  thread: { passage },
  title,
  isGone,
  onShow,
}: {
  thread: CommentThread
  title: string | null
  isGone: boolean
  onShow: () => void
}) {
  const quote = passage.quote ? (
    <q className="line-clamp-2 border-l-2 border-ochre pl-2 font-serif italic">{passage.quote}</q>
  ) : null
  const where = title ? <span className="text-xs text-muted">{title}</span> : null
  if (isGone)
    return (
      <div>
        {where}
        <p className="text-xs font-semibold text-ochre">The passage was deleted. It read:</p>
        {quote}
      </div>
    )
  return (
    <button
      type="button"
      className="block w-full text-left hover:bg-accent-wash"
      onClick={onShow}
      title="Show it in the text"
    >
      {where}
      {quote ?? <span className="block font-semibold">The whole section</span>}
      <span className="sr-only">Show it in the text</span>
    </button>
  )
}

function Said({ comments, comment }: { comments: Comments; comment: ThreadComment }) {
  const [doing, setDoing] = useState<'edit' | 'delete' | null>(null)
  const [busy, setBusy] = useState(false)
  const { by, deleted } = comment

  async function remove() {
    setBusy(true)
    const answer = await comments.send({ act: 'delete', comment: comment.id })
    setBusy(false)
    if (!answer.ok) toast(answer.message, 'problem')
    setDoing(null)
  }

  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-1.5 text-xs text-muted">
        {by.iso2 ? <Flag iso2={by.iso2} size={16} /> : null}
        <span className="font-semibold text-ink">{by.name}</span>
        <span>{by.organization}</span>
        <Moment at={comment.at} />
        {comment.editedAt && !deleted ? (
          <span>
            · edited <Moment at={comment.editedAt} />
          </span>
        ) : null}
      </p>
      {deleted ? (
        <p className="italic text-muted">Taken back.</p>
      ) : doing === 'edit' ? (
        <CommentBox
          comments={comments}
          name={`edit ${comment.id}`}
          label="Your comment"
          button="Save"
          first={{ text: comment.text, mentions: comment.mentions, key: '' }}
          onCancel={() => setDoing(null)}
          send={({ text, mentions }) =>
            said(comments, { act: 'edit', comment: comment.id, text, mentions: mentionsOf(mentions) })
          }
        />
      ) : (
        <p className="whitespace-pre-wrap break-words">
          {piecesOf(comment.text, comment.mentions).map(({ at, text, mention }) =>
            mention ? (
              <span key={at} className="font-semibold text-accent">
                {text}
              </span>
            ) : (
              text
            ),
          )}
        </p>
      )}
      {doing === 'delete' ? (
        <div className="mt-1 flex flex-wrap items-center gap-1.5 text-xs">
          <span>Take it back? Its words cannot be brought back.</span>
          <Button type="button" size="sm" variant="danger" busy={busy} onClick={() => void remove()}>
            Take it back
          </Button>
          <Button type="button" size="sm" variant="quiet" onClick={() => setDoing(null)}>
            Keep it
          </Button>
        </div>
      ) : null}
      {doing === null && (comment.mayEdit || comment.mayDelete) ? (
        <div className="flex gap-3 text-xs">
          {comment.mayEdit ? (
            <button type="button" className="link min-h-6" onClick={() => setDoing('edit')}>
              Edit
            </button>
          ) : null}
          <button type="button" className="link min-h-6" onClick={() => setDoing('delete')}>
            Take back
          </button>
        </div>
      ) : null}
    </li>
  )
}
