import { readSource, type SourcePart } from './source-text'

/** Where a fact comes from, with its addresses as links. `none` stands where no source is recorded. */
export function Source({ text, none = 'No source recorded' }: { text: string | null; none?: string }) {
  const sources = text ? readSource(text) : []
  if (!sources.length) return <span className="text-muted">{none}</span>
  if (sources.length === 1) return <OneSource parts={sources[0] ?? []} />
  return (
    <ul className="space-y-1 leading-6">
      {sources.map((parts) => (
        <li key={parts.map((part) => part.text).join('')}>
          <OneSource parts={parts} />
        </li>
      ))}
    </ul>
  )
}

function OneSource({ parts }: { parts: SourcePart[] }) {
  return (
    <span className="[overflow-wrap:anywhere]">
      {parts.map((part) =>
        part.kind === 'link' ? (
          <a key={part.href} href={part.href} title={part.href} rel="noreferrer" className="link">
            {part.text}
          </a>
        ) : (
          <span key={part.text}>{part.text}</span>
        ),
      )}
    </span>
  )
}
