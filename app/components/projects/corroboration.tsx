import { CORROBORATION_LABEL, corroborationOf } from '../../domain/corroboration'
import { Badge, type Tone } from '../ui/badge'

const TONE: Record<keyof typeof CORROBORATION_LABEL, Tone> = {
  primary: 'green',
  corroborated: 'green',
  single: 'ochre',
  weak: 'red',
}

/** How well a project's facts are corroborated, in a word; `words` are the compilation's. */
export function CorroborationBadge({ words }: { words: string | null }) {
  const grade = corroborationOf(words)
  if (!grade) return <span className="text-muted">{words ?? 'own entry'}</span>
  const { label, meaning } = CORROBORATION_LABEL[grade]
  return (
    <Badge tone={TONE[grade]} title={meaning}>
      {label}
    </Badge>
  )
}

/** The same with what it means, and the compilation's own words where they say more. */
export function CorroborationInWords({ words }: { words: string }) {
  const grade = corroborationOf(words)
  const more = grade && words.toLowerCase() !== CORROBORATION_LABEL[grade].label.toLowerCase()
  return (
    <>
      <CorroborationBadge words={words} />
      {grade ? <span className="mt-1 block text-muted">{CORROBORATION_LABEL[grade].meaning}</span> : null}
      {more ? <span className="block text-muted">In the compilation’s words: {words}.</span> : null}
    </>
  )
}
