import type { MinutesPart } from '../../domain/session/minutes'
import { Section } from '../ui/page'

/** Minutes as the log of the room tells them. */
export function MinutesLog({ parts, zone }: { parts: readonly MinutesPart[]; zone: string }) {
  return (
    <>
      <p className="mb-4 text-sm text-muted">
        As the log of the room tells them; times in {zone.replaceAll('_', ' ')}.
      </p>
      {parts.map(({ nth, heading, lines }) => (
        <Section key={nth} title={heading}>
          {lines.map(({ nth: at, kind, text }) =>
            kind === 'quote' ? (
              <blockquote
                key={at}
                className="my-1 whitespace-pre-wrap border-l-2 border-ink/40 pl-3 font-serif"
              >
                {text}
              </blockquote>
            ) : (
              <p key={at} className="my-1 max-w-prose">
                {text}
              </p>
            ),
          )}
        </Section>
      ))}
    </>
  )
}
