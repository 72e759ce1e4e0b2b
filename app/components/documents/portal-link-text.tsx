import { Link } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { NOT_AVAILABLE, type PortalLabel, type PortalRef } from '../../domain/portal-link'
import { labelOf, onLabels } from './portal-labels'

/** A link to an object of the portal in a text that is read: its label now, where the reader may see it. */
export function PortalLinkText({ target }: { target: PortalRef | null }) {
  const [label, setLabel] = useState<PortalLabel | undefined>(undefined)
  const { kind, id } = target ?? {}
  useEffect(() => {
    if (!kind || !id) return
    const look = () => setLabel(labelOf({ kind, id }))
    look()
    return onLabels(look)
  }, [kind, id])
  if (label)
    return (
      <Link to={label.path} className="portal-link">
        {label.label}
      </Link>
    )
  return (
    <span className="portal-link" data-hidden="">
      {target && label === undefined ? '…' : NOT_AVAILABLE}
    </span>
  )
}
