import type * as Y from 'yjs'
import type { Present } from '../../collab/document-types'
import { classNames } from '../ui/class-names'
import { Flag } from '../ui/flag'
import type { Contents } from './contents'
import { once } from './people'
import { type SectionOwner, StateMark, useSectionMarks } from './section-head'
import type { WritingSection } from './writing'

type Props = {
  contents: Readonly<Record<string, Contents>>
  /** Goes to a heading of a section's text. */
  goTo: (fragment: string, pos: number) => void
  /** After a way was taken: on a phone the text comes forward. */
  onGo: () => void
}

const count = (words: number) => (words === 1 ? '1 word' : `${words.toLocaleString('en')} words`)

/** The parts of the document, with their words and who writes in them now. */
export function Outline({
  doc,
  owners,
  sections,
  here,
  people,
  ...props
}: Props & {
  doc: Y.Doc
  owners: readonly SectionOwner[]
  sections: readonly WritingSection[]
  /** The fragment one writes in. */
  here: string | null
  people: readonly Present[]
}) {
  const total = Object.values(props.contents).reduce((sum, { words }) => sum + words, 0)
  const others = once(people).filter((person) => !person.self)
  const only = sections.length === 1 ? sections[0] : undefined
  return (
    <nav aria-label="Sections">
      <h2 className="mb-1 flex items-baseline justify-between text-lg">
        {only ? 'Contents' : 'Sections'}
        <span className="font-sans text-xs font-normal text-muted">{count(total)}</span>
      </h2>
      {only ? (
        <Headings fragment={only.fragment} {...props} />
      ) : (
        <ol className="text-sm">
          {sections.map((section, index) => {
            const words = props.contents[section.fragment]?.words ?? 0
            return (
              <li key={section.fragment} className="border-b border-rule">
                <a
                  href={`#${section.fragment}`}
                  aria-current={here === section.fragment ? 'true' : undefined}
                  onClick={props.onGo}
                  className={classNames(
                    'flex min-h-8 items-center gap-2 py-1 text-accent hover:underline',
                    here === section.fragment && 'bg-accent-wash font-semibold',
                  )}
                >
                  <span className="w-5 shrink-0 text-right text-muted">{index + 1}</span>
                  <span className="min-w-0 flex-1">{section.title}</span>
                  {others
                    .filter((person) => person.fragment === section.fragment)
                    .slice(0, 3)
                    .map((person) => (
                      <span key={person.userId} title={`${person.name} writes here`} className="shrink-0">
                        {person.partnerIso2 ? (
                          <Flag iso2={person.partnerIso2} size={16} title={`${person.name} writes here`} />
                        ) : null}
                      </span>
                    ))}
                  <Marks doc={doc} fragment={section.fragment} words={words} owners={owners} />
                </a>
                {props.contents[section.fragment]?.headings.length ? (
                  <div className="pl-7">
                    <Headings fragment={section.fragment} {...props} />
                  </div>
                ) : null}
              </li>
            )
          })}
        </ol>
      )}
    </nav>
  )
}

/** Who answers for a section, its words and its state. */
function Marks({
  doc,
  fragment,
  words,
  owners,
}: {
  doc: Y.Doc
  fragment: string
  words: number
  owners: readonly SectionOwner[]
}) {
  const { state, owner } = useSectionMarks(doc, fragment, words, owners)
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-xs text-muted">
      {/* No flag: that says who writes there now. */}
      {owner ? <abbr title={`${owner.name} answers for it`}>{owner.iso2 ?? owner.name}</abbr> : null}
      {words ? <span title={count(words)}>{words.toLocaleString('en')}</span> : null}
      <StateMark state={state} hideWord={state !== 'empty'} />
    </span>
  )
}

const INDENT: Record<number, string> = { 2: '', 3: 'pl-3', 4: 'pl-6' }

function Headings({ fragment, contents, goTo, onGo }: Props & { fragment: string }) {
  const headings = contents[fragment]?.headings ?? []
  if (headings.length === 0) return <p className="text-sm text-muted">No headings yet.</p>
  return (
    <ol className="text-sm">
      {headings.map(({ level, text, pos }) => (
        <li key={pos} className="border-b border-rule">
          <button
            type="button"
            onClick={() => {
              onGo()
              goTo(fragment, pos)
            }}
            className={classNames('min-h-8 w-full py-1 text-left text-accent hover:underline', INDENT[level])}
          >
            {text}
          </button>
        </li>
      ))}
    </ol>
  )
}
