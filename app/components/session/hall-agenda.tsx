import { ITEM_STATE_LABEL, type SessionState } from '../../domain/session/model'
import { classNames } from '../ui/class-names'

/** The agenda in large type, while nothing is before the group. */
export function HallAgenda({ state }: { state: SessionState }) {
  return (
    <ol className="space-y-[0.5vw]">
      {state.items.slice(0, 9).map((item, nth) => (
        <li
          key={item.id}
          className={classNames(
            'flex items-baseline justify-between gap-[1.5vw]',
            item.state === 'closed' && 'text-muted',
            item.state === 'open' && 'font-semibold',
          )}
        >
          <span className="line-clamp-2 min-w-0">
            {nth + 1}. {item.title}
          </span>
          <span className="shrink-0 text-muted">{ITEM_STATE_LABEL[item.state]}</span>
        </li>
      ))}
      {state.items.length > 9 ? <li className="text-muted">and {state.items.length - 9} more</li> : null}
    </ol>
  )
}
