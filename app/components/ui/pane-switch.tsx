import { Button } from './button'
import { classNames } from './class-names'

/** Buttons for one pane of several, where there is no room for all of them. `className` says where that is. */
export function PaneSwitch<Pane extends string>({
  panes,
  shown,
  show,
  className,
}: {
  /** Their names, as they are read. */
  panes: readonly Pane[]
  shown: Pane
  show: (pane: Pane) => void
  className?: string
}) {
  return (
    <div className={classNames('no-print flex flex-wrap gap-1', className)}>
      {panes.map((name) => (
        <Button
          key={name}
          type="button"
          size="sm"
          variant={shown === name ? 'primary' : 'secondary'}
          aria-pressed={shown === name}
          onClick={() => show(name)}
        >
          {name}
        </Button>
      ))}
    </div>
  )
}
