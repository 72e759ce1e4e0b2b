import type { Motion } from '../../domain/session/model'
import { classNames } from '../ui/class-names'

/** The words of a motion, or what an amendment takes out and puts in. `className`: how large, and where. */
export function MotionWords({ motion, className }: { motion: Motion; className?: string }) {
  if (motion.amends === null)
    return (
      <blockquote
        className={classNames(
          'whitespace-pre-wrap border-l-[length:max(2px,0.1em)] border-ink/40 pl-[max(0.75rem,0.42em)] font-serif',
          className,
        )}
      >
        {motion.text}
      </blockquote>
    )
  return (
    <p className={classNames('font-serif', className)}>
      <del className="text-red">{motion.passage}</del>{' '}
      {motion.text ? <ins className="text-green">{motion.text}</ins> : null}
    </p>
  )
}
