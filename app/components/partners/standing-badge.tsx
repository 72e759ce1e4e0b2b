import { STANDING_LABEL, type Standing } from '../../domain/standing'
import { Badge, type Tone } from '../ui/badge'

const TONE: Partial<Record<Standing, Tone>> = { member: 'green', observer: 'accent', announced: 'ochre' }

/** Taking part is a badge; *not a member* and *not known* are plain words, and different ones. */
export function StandingBadge({ value }: { value: Standing | undefined }) {
  const standing = value ?? 'not_known'
  const tone = TONE[standing]
  if (tone) return <Badge tone={tone}>{STANDING_LABEL[standing]}</Badge>
  return (
    <span className={standing === 'not_known' ? 'whitespace-nowrap italic text-muted' : 'whitespace-nowrap'}>
      {STANDING_LABEL[standing]}
    </span>
  )
}
