import { MARKING_LABEL, type Marking } from '../../domain/marking'

/** On paper only: the marking above the text, and by `data-printed` in the margin of every page (app.css). */
export function PrintMarking({ marking, title }: { marking: Marking; title: string }) {
  const { tlp, label } = MARKING_LABEL[marking]
  return (
    <p className="print-marking" data-printed={tlp} aria-hidden="true">
      <strong>
        {tlp} · {label}
      </strong>
      <span>{title}</span>
    </p>
  )
}
