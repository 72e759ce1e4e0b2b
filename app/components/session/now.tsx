import { nameOf, openItem } from '../../domain/session/present'
import { Clock } from './clock'
import { useRoomView } from './room-context'

/** On a phone, above all: the item that is open, who speaks, and who is next. */
export function Now() {
  const { state, ahead } = useRoomView()
  const item = openItem(state)
  const next = state.hands[0]
  if (state.status !== 'open') return null
  return (
    <section aria-label="Now" className="mb-5 border border-rule bg-sheet px-3 py-2">
      <p className="small-caps text-muted">
        {item ? `Item ${state.items.indexOf(item) + 1} of ${state.items.length}` : 'No item is open'}
      </p>
      {item ? <p className="font-serif text-lg font-semibold leading-snug">{item.title}</p> : null}
      {state.floor ? (
        <p className="mt-1 flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-semibold">{nameOf(state, state.floor.delegationId)}</span>
          <Clock speech={state.floor} ahead={ahead} className="text-lg font-semibold" />
        </p>
      ) : null}
      {next ? <p className="text-sm text-muted">Next: {nameOf(state, next.delegationId)}</p> : null}
    </section>
  )
}
