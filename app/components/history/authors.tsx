import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { HistoryNode } from '../../domain/history'
import { Badge } from '../ui/badge'
import { classNames } from '../ui/class-names'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { RunDrawing } from './history-text'
import { colourOf, type NamedSitting } from './shown'

/** Sittings that wrote, and moved, what is chosen. */
type Whose = { by: number; movedBy: number | null }

const PASSAGE = '[data-by]'

/**
 * The text coloured by who wrote it. A click, the keyboard (arrows go from passage to passage) or any selection tells
 * account, delegation and time.
 */
export function Authors({ sittings, children }: { sittings: readonly NamedSitting[]; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<Whose[]>([])
  const colour = colourOf(sittings)

  useEffect(() => {
    const onSelection = () => {
      const selection = document.getSelection()
      if (!selection || selection.isCollapsed || !box.current) return
      const range = selection.getRangeAt(0)
      if (!box.current.contains(range.commonAncestorContainer)) return
      const within = passagesIn(box.current).filter((passage) => range.intersectsNode(passage))
      if (within.length > 0) setChosen(distinct(within.map(whoseOf)))
    }
    document.addEventListener('selectionchange', onSelection)
    return () => document.removeEventListener('selectionchange', onSelection)
  }, [])

  function choose(event: { target: EventTarget }) {
    const passage = event.target instanceof Element ? event.target.closest<HTMLElement>(PASSAGE) : null
    if (!passage || !box.current) return
    for (const each of passagesIn(box.current)) {
      each.tabIndex = each === passage ? 0 : -1
      each.setAttribute('aria-pressed', String(each === passage))
    }
    setChosen([whoseOf(passage)])
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!step || !box.current) return
    const passages = passagesIn(box.current)
    const here = passages.findIndex((passage) => passage.matches(':focus'))
    if (here < 0) return
    event.preventDefault()
    passages[Math.min(Math.max(here + step, 0), passages.length - 1)]?.focus()
  }

  // The first passage is where the keyboard comes in.
  useEffect(() => {
    const passages = box.current ? passagesIn(box.current) : []
    if (!passages.some((passage) => passage.tabIndex === 0)) passages[0]?.setAttribute('tabindex', '0')
  })

  const draw = (run: HistoryNode, content: ReactNode) => {
    if (run.by === undefined) return content
    return (
      // biome-ignore lint/a11y/useSemanticElements: a button cannot be broken over lines, nor its text selected
      <span
        role="button"
        tabIndex={-1}
        aria-pressed="false"
        data-by={run.by}
        data-moved-by={run.movedBy}
        className={`passage author-${colour(run.by)}`}
      >
        {content}
      </span>
    )
  }

  return (
    <>
      <Legend sittings={sittings} />
      <p
        role="status"
        className="sticky top-0 z-10 mb-3 max-h-40 overflow-y-auto border border-rule bg-well px-3 py-2 text-sm"
      >
        {chosen.length === 0 ? (
          <span className="text-muted">
            Choose a passage, or select some text, to see who wrote it and when.
          </span>
        ) : (
          chosen.map((whose) => (
            <Told key={`${whose.by} ${whose.movedBy}`} whose={whose} sittings={sittings} />
          ))
        )}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the passages within, which are buttons */}
      <div
        ref={box}
        onFocus={choose}
        onClick={(event: MouseEvent) => {
          if (document.getSelection()?.isCollapsed !== false) choose(event)
        }}
        onKeyDown={onKeyDown}
      >
        <RunDrawing.Provider value={{ run: draw, links: false }}>{children}</RunDrawing.Provider>
      </div>
    </>
  )
}

const passagesIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>(PASSAGE)]

function whoseOf({ dataset }: HTMLElement): Whose {
  return { by: Number(dataset.by), movedBy: dataset.movedBy === undefined ? null : Number(dataset.movedBy) }
}

const distinct = (all: readonly Whose[]): Whose[] => [
  ...new Map(all.map((whose) => [`${whose.by} ${whose.movedBy}`, whose])).values(),
]

function Told({ whose, sittings }: { whose: Whose; sittings: readonly NamedSitting[] }) {
  const by = sittings[whose.by]
  const moved = whose.movedBy === null ? undefined : sittings[whose.movedBy]
  if (!by) return null
  return (
    <span className="block">
      <Person sitting={by} />, <Moment at={by.ended} />{' '}
      {by.verified ? <Badge tone="green">verified</Badge> : <Badge tone="red">not verified</Badge>}
      {moved ? (
        <span className="text-muted">
          {' '}
          moved here by {moved.name}, {moved.organization}, <Moment at={moved.ended} />
        </span>
      ) : null}
    </span>
  )
}

function Person({ sitting: { name, organization, iso2 } }: { sitting: NamedSitting }) {
  return (
    <>
      {iso2 ? <Flag iso2={iso2} size={16} className="mr-1.5" /> : null}
      <b>{name}</b>, {organization}
    </>
  )
}

function Legend({ sittings }: { sittings: readonly NamedSitting[] }) {
  const colour = colourOf(sittings)
  const first = sittings.filter(
    (sitting, index) =>
      sittings.findIndex(
        (other) => other.userId === sitting.userId && other.organizationId === sitting.organizationId,
      ) === index,
  )
  return (
    <ul aria-label="Authors" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {first.map((sitting) => (
        <li key={`${sitting.userId} ${sitting.organizationId}`} className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className={classNames('passage-swatch size-4', `author-${colour(sittings.indexOf(sitting))}`)}
          />
          <span>
            <Person sitting={sitting} />
          </span>
        </li>
      ))}
    </ul>
  )
}
