import { CircleCheck, CircleDashed, PencilLine } from 'lucide-react'
import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import {
  ownerKey,
  SECTION_STATE_LABEL,
  SECTIONS_MAP,
  type SectionState,
  sectionState,
  stateKey,
} from '../../domain/section-state'
import { classNames } from '../ui/class-names'
import { Flag } from '../ui/flag'

/** A delegation that can answer for a section. */
export type SectionOwner = { id: string; name: string; iso2: string | null }

const ICON = { empty: CircleDashed, draft: PencilLine, ready: CircleCheck } as const
const TONE: Record<SectionState, string> = { empty: 'text-muted', draft: 'text-ochre', ready: 'text-green' }

/** The state of a section as an icon with its word. */
export function StateMark({ state, hideWord = false }: { state: SectionState; hideWord?: boolean }) {
  const Icon = ICON[state]
  return (
    <span className={classNames('inline-flex items-center gap-1', TONE[state])}>
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      <span className={hideWord ? 'sr-only' : undefined}>{SECTION_STATE_LABEL[state]}</span>
    </span>
  )
}

/** What its authors say of a section: its state, derived where it is empty, and who answers for it. */
export function useSectionMarks(
  doc: Y.Doc,
  fragment: string,
  words: number,
  owners: readonly SectionOwner[],
) {
  const [said, say] = useField(doc, stateKey(fragment), SECTIONS_MAP)
  const [named, name] = useField(doc, ownerKey(fragment), SECTIONS_MAP)
  const owner = owners.find(({ id }) => id === named) ?? null
  return { state: sectionState(words, said), say, owner, name }
}

const CONTROL =
  'h-7 max-w-40 rounded-sm border border-transparent bg-transparent px-1 text-xs hover:border-line focus-visible:border-accent'

/** Beneath a section's title: words, state and owner; to be set by those who may write. */
export function SectionHead({
  doc,
  fragment,
  title,
  words,
  owners,
  editable,
}: {
  doc: Y.Doc
  fragment: string
  title: string
  words: number
  owners: readonly SectionOwner[]
  editable: boolean
}) {
  const { state, say, owner, name } = useSectionMarks(doc, fragment, words, owners)
  return (
    <div className="mb-3 flex min-h-7 flex-wrap items-center gap-x-3 font-sans text-xs text-muted">
      {words ? (
        <span>
          {words.toLocaleString('en')} {words === 1 ? 'word' : 'words'}
        </span>
      ) : null}
      <StateMark state={state} hideWord={editable && state !== 'empty'} />
      {editable && state !== 'empty' ? (
        <select
          aria-label={`State of ${title}`}
          className={classNames(CONTROL, 'no-print -ml-2.5', TONE[state])}
          value={state}
          onChange={(event) => say(event.target.value)}
        >
          <option value="draft">Draft</option>
          <option value="ready">Ready</option>
        </select>
      ) : null}
      {owner?.iso2 ? <Flag iso2={owner.iso2} size={16} /> : null}
      {editable ? (
        <select
          aria-label={`Delegation that answers for ${title}`}
          className={classNames(CONTROL, 'no-print -ml-2')}
          value={owner?.id ?? ''}
          onChange={(event) => name(event.target.value || null)}
        >
          <option value="">No delegation named</option>
          {owners.map(({ id, name: label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      ) : owner ? (
        <span>{owner.name} answers for it</span>
      ) : null}
    </div>
  )
}
