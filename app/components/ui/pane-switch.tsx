import { Button } from './button'
import { classNames } from './class-names'

/** Buttons for one pane of several, where there is no room for all of them; which is shown is told by the buttons. */
export function PaneSwitch<Pane extends string>({
  legend,
  panes,
  labels,
  shown,
  show,
  className,
}: {
  /** What is chosen here, for those who hear the page. */
  legend: string
  panes: readonly Pane[]
  /** As they are read; else by their own names. */
  labels?: Readonly<Record<Pane, string>>
  shown: Pane
  show: (pane: Pane) => void
  /** Where it stands, and at which widths. */
  className?: string
}) {
  return (
    <fieldset className={classNames('no-print flex flex-wrap items-center gap-1', className)}>
      <legend className="sr-only">{legend}</legend>
      {panes.map((pane) => (
        <Button
          key={pane}
          type="button"
          size="sm"
          variant={pane === shown ? 'primary' : 'secondary'}
          aria-pressed={pane === shown}
          onClick={() => show(pane)}
        >
          {labels?.[pane] ?? pane}
        </Button>
      ))}
    </fieldset>
  )
}
