import type { ShouldRevalidateFunction } from '@remix-run/react'

/** Of a page that is read anew after a conflict, too: what somebody else did meanwhile is shown, and what was typed stays. */
export const readAfterConflict: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate
