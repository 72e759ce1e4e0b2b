import type { ReactNode } from 'react'

/** Says that something was done; read out when it appears. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p
      role="status"
      className="mb-4 border border-green/40 border-l-4 bg-green-wash px-3 py-2 text-sm text-ink"
    >
      {children}
    </p>
  )
}
