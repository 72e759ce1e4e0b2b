import { type ReactNode, useEffect, useRef } from 'react'
import type { FieldProblems } from '../../domain/fault'

/**
 * What stopped a form, above it: the message, and the problems that belong to no field (under `''`);
 * `children` beneath them. It takes the focus when it appears, so that it is read out.
 */
export function FormErrors({
  message,
  fields = {},
  children,
}: {
  message?: string | null
  fields?: FieldProblems
  children?: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const whole = fields[''] ?? []
  const count = Object.values(fields).reduce((sum, problems) => sum + problems.length, 0)
  const title =
    message ?? (count === 1 ? 'One thing to put right.' : count > 1 ? `${count} things to put right.` : null)
  useEffect(() => {
    if (title) box.current?.focus()
  }, [title])
  if (!title) return null
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="mb-4 border border-red border-l-4 bg-red-wash px-3 py-2 text-sm text-ink"
    >
      <p className="font-semibold">{title}</p>
      {whole.length ? (
        <ul className="mt-1 list-disc pl-5">
          {whole.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
      {children}
    </div>
  )
}
