import { MARKING_LABEL, type Marking } from '../../domain/marking'

/** On paper only, at the head of every page: the marking and what it is. Fixed elements print on each page. */
export function PrintMarking({ marking, title }: { marking: Marking; title: string }) {
  const { tlp, label } = MARKING_LABEL[marking]
  return (
    <p className="print-marking" aria-hidden="true">
      <strong>
        {tlp} · {label}
      </strong>
      <span>{title}</span>
    </p>
  )
}
