import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { SearchQuery } from 'prosemirror-search'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from 'react'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { MOST_MATCHES, mark, matchesIn, replace, type Sections, show } from './find'

/** How long somebody has to stop writing in the text before it is searched again, in ms. */
const WRITTEN_MS = 250

/** It was asked for by its key: one types at once. */
const focus = (box: HTMLInputElement | null) => box?.focus()

const times = (count: number) => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`)

/** Finds and replaces in all sections. Enter goes to the next match, Shift+Enter to the one before, Escape closes it. */
export default function FindPanel({
  sections,
  editable,
  onClose,
}: {
  sections: Sections
  editable: boolean
  onClose: () => void
}) {
  const [text, setText] = useState('')
  const [instead, setInstead] = useState('')
  const [caseSensitive, setCase] = useState(false)
  const [wholeWord, setWhole] = useState(false)
  const [at, setAt] = useState(-1)
  const query = useMemo(
    () => new SearchQuery({ search: text, replace: instead, caseSensitive, wholeWord, literal: true }),
    [text, instead, caseSensitive, wholeWord],
  )
  const [matches, findNow] = useMatches(sections, query)

  useEffect(() => {
    mark(sections, query)
    return () => mark(sections, new SearchQuery({ search: '' }))
  }, [sections, query])

  function go(by: 1 | -1) {
    const now = findNow()
    if (now.length === 0) return
    const next = (Math.max(at, by === 1 ? -1 : 0) + by + now.length) % now.length
    setAt(next)
    const match = now[next]
    if (match) show(match)
  }

  function replaceOne() {
    const match = findNow()[Math.max(0, at)]
    if (!match || replace([match], query) === 0) return
    const [next] = findNow().slice(Math.max(0, at))
    setAt(Math.max(0, at))
    if (next) show(next)
  }

  function replaceAll() {
    const count = replace(findNow(), query)
    findNow()
    setAt(-1)
    toast(`“${text}” was replaced ${times(count)}.`)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onClose()
    else if (
      event.key === 'Enter' &&
      event.target instanceof HTMLInputElement &&
      event.target.type === 'text'
    )
      go(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const shown = matches.length >= MOST_MATCHES ? `${MOST_MATCHES.toLocaleString('en')}+` : matches.length
  return (
    <search
      aria-label="Find in the text"
      onKeyDown={onKeyDown}
      className="relative border-t border-rule py-2 pr-11"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="flex w-full items-center gap-2 sm:w-auto">
          <input
            type="text"
            aria-label="Find"
            placeholder="Find"
            ref={focus}
            className="control min-w-0 flex-1 sm:w-44 sm:flex-none"
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setAt(-1)
            }}
          />
          <span role="status" className="shrink-0 text-sm sm:min-w-16 text-muted">
            {text === '' ? '' : matches.length === 0 ? 'Not found' : `${at >= 0 ? at + 1 : '–'} of ${shown}`}
          </span>
          <Button type="button" size="sm" aria-label="Match before" onClick={() => go(-1)}>
            <ChevronUp aria-hidden="true" />
          </Button>
          <Button type="button" size="sm" aria-label="Next match" onClick={() => go(1)}>
            <ChevronDown aria-hidden="true" />
          </Button>
        </span>
        <label className="flex items-center gap-1.5 text-sm">
          <input
            type="checkbox"
            checked={caseSensitive}
            onChange={(event) => setCase(event.target.checked)}
          />
          Match case
        </label>
        <label className="flex items-center gap-1.5 text-sm">
          <input type="checkbox" checked={wholeWord} onChange={(event) => setWhole(event.target.checked)} />
          Whole words
        </label>
        {editable ? (
          <span className="flex w-[calc(100%+2.75rem)] flex-none items-center gap-2 sm:w-auto">
            <input
              type="text"
              aria-label="Replace with"
              placeholder="Replace with"
              className="control min-w-0 flex-1 sm:w-44 sm:flex-none"
              value={instead}
              onChange={(event) => setInstead(event.target.value)}
            />
            <Button type="button" size="sm" onClick={replaceOne}>
              Replace
            </Button>
            <Button type="button" size="sm" className="whitespace-nowrap" onClick={replaceAll}>
              Replace all
            </Button>
          </span>
        ) : null}
      </div>
      <Button
        type="button"
        size="sm"
        variant="quiet"
        className="absolute right-0 top-2.5"
        aria-label="Close find"
        onClick={onClose}
      >
        <X aria-hidden="true" />
      </Button>
    </search>
  )
}

/**
 * Every match: found at once for another query, and soon after the text was written, whoever wrote it. Before one of them
 * is gone to or replaced they are found anew (`findNow`): a place may have moved since.
 */
function useMatches(sections: Sections, query: SearchQuery) {
  const find = useCallback(() => matchesIn(sections, query), [sections, query])
  const [found, setFound] = useState(() => ({ find, matches: find() }))
  const latest = found.find === find ? found : { find, matches: find() }
  if (latest !== found) setFound(latest)
  const findNow = useCallback(() => {
    const matches = find()
    setFound({ find, matches })
    return matches
  }, [find])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const onUpdate = () => {
      clearTimeout(timer)
      timer = setTimeout(findNow, WRITTEN_MS)
    }
    for (const { editor } of sections) editor.on('update', onUpdate)
    return () => {
      clearTimeout(timer)
      for (const { editor } of sections) editor.off('update', onUpdate)
    }
  }, [sections, findNow])
  return [latest.matches, findNow] as const
}
