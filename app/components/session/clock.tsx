import { speechMs } from '../../domain/session/fold-floor'
import type { Speech } from '../../domain/session/model'
import { useServerNow } from '../../live/react'

/** `4:05`, or `−0:12` past the limit. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  return `${ms < 0 ? '−' : ''}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The time that a speaker has left, or has used where there is no limit; by the server's instants. */
export function Clock({ speech, ahead, className }: { speech: Speech; ahead: number; className?: string }) {
  const now = useServerNow(ahead, speech.since !== null)
  const used = speechMs(speech, now)
  const left = speech.limit === null ? null : speech.limit * 1000 - used
  return (
    <span
      role="timer"
      className={`tabular-nums ${left !== null && left < 0 ? 'text-red' : ''} ${className ?? ''}`}
    >
      {minutesAndSeconds(left ?? used)}
      <span className="text-sm font-normal text-muted">
        {left === null ? ' used' : ' left'}
        {speech.since === null ? ', clock stopped' : ''}
      </span>
    </span>
  )
}
