import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { OpenDocument } from '../../collab/document-types'
import type { CommentInput, Commenting, NamedMention } from '../../domain/comment'
import { type Order, Places } from './places'
import { type Answer, askComments, sendComment } from './talk'

/** What is being written, under a name: it outlives the box that it is written in. */
export type Draft = { text: string; mentions: readonly NamedMention[]; key: string }

export type Comments = {
  document: string
  /** Null until they are here. */
  all: Commenting | null
  /** Why what is shown may be old. */
  problem: string | null
  places: Places
  order: Order
  drafts: Map<string, Draft>
  /** What somebody else has just said, for who does not see the list. */
  news: string
  /** Sends it, and reads all anew. */
  send: (input: CommentInput) => Promise<Answer<{ thread: string | null }>>
}

/** A text's comments, read anew whenever the portal says that they changed. */
export function useComments(document: OpenDocument, account: string, sections: readonly string[]): Comments {
  const { channelId } = document
  const [all, setAll] = useState<Commenting | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [news, setNews] = useState('')
  const known = useRef<Commenting | null>(null)
  const drafts = useRef(new Map<string, Draft>())
  const asked = useRef(0)
  const names = sections.join(' ')
  const places = useMemo(() => new Places(names.split(' ')), [names])
  const order = useSyncExternalStore(places.order.subscribe, places.order.get, places.order.get)

  const read = useCallback(async () => {
    const turn = ++asked.current
    const answer = await askComments(channelId)
    // A later question has a later answer.
    if (turn !== asked.current) return
    if (answer.ok) {
      setNews(newsIn(known.current, answer.value))
      known.current = answer.value
      setAll(answer.value)
    }
    setProblem(answer.ok ? null : answer.message)
  }, [channelId])
  useEffect(() => {
    void read()
    return document.beside.subscribe(() => void read())
  }, [read, document])

  useEffect(() => {
    // What was typed and not sent would be lost with the page.
    const ask = (event: BeforeUnloadEvent) => {
      if ([...drafts.current.values()].some(({ text }) => text.trim())) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])

  const send = useCallback(
    async (input: CommentInput) => {
      const answer = await sendComment(channelId, account, input)
      await read()
      return answer
    },
    [channelId, account, read],
  )
  return { document: channelId, all, problem, places, order, drafts: drafts.current, news, send }
}

/** Who wrote since; nothing at the first reading, and of what one wrote oneself. */
function newsIn(before: Commenting | null, { threads, reader }: Commenting): string {
  if (!before) return ''
  const idsOf = (all: Commenting['threads']) => all.flatMap(({ comments }) => comments.map(({ id }) => id))
  const old = new Set(idsOf(before.threads))
  const [fresh] = threads
    .flatMap(({ comments }) => comments)
    .filter(({ id, by }) => !old.has(id) && by.userId !== reader.userId)
  return fresh ? `A comment of ${fresh.by.name}, ${fresh.by.organization}` : ''
}
