import type { Motion } from '../../domain/session/model'
import { nameOf } from '../../domain/session/present'
import { Deciding } from './deciding'
import { MotionActs, MotionBadge } from './motion-acts'
import { MotionWords } from './motion-words'
import { ResultSheet } from './result-sheet'
import { useRoomView } from './room-context'

/** Amendments of a motion, the furthest from its text first: in the order in which they are decided. */
export function Amendments({ motion }: { motion: Motion }) {
  const { state } = useRoomView()
  const all = state.motions
    .filter(({ amends }) => amends === motion.id)
    .sort((a, b) => b.distance - a.distance || a.at - b.at)
  if (all.length === 0) return null
  return (
    <section aria-label={`Amendments to ${motion.title}`} className="mt-2 border-t border-rule pt-2">
      <h4 className="text-sm font-semibold">Amendments, the furthest from the text first</h4>
      <ol className="divide-y divide-rule">
        {all.map((one, nth) => (
          <li key={one.id} className="py-2 text-sm">
            <div className="flex flex-wrap items-baseline justify-between gap-2">
              <span>
                {nth + 1}. {nameOf(state, one.by.delegationId)}
                <span className="text-muted">
                  {one.seconder ? `, seconded by ${nameOf(state, one.seconder)}` : null} ({one.distance}{' '}
                  {one.distance === 1 ? 'word' : 'words'} changed)
                </span>
              </span>
              <MotionBadge state={one.state} />
            </div>
            <MotionWords motion={one} className="mt-1" />
            {one.why ? <p className="text-xs text-muted">{one.why}</p> : null}
            <Deciding motion={one} />
            {one.result ? <ResultSheet motion={one} result={one.result} /> : null}
            <div className="mt-1 flex flex-wrap gap-1.5">
              <MotionActs motion={one} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
