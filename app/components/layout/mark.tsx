/** The portal's mark: an octahedral crystal in a ring. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" fill="none" stroke="currentColor" strokeWidth="1.25" />
      <path d="M16 4.5 7.5 16 16 27.5 18.5 18Z" fill="currentColor" opacity=".3" />
      <path d="M16 4.5 24.5 16l-6 2Z" fill="currentColor" opacity=".8" />
      <path
        d="M16 4.5 24.5 16 16 27.5 7.5 16ZM7.5 16l11 2 6-2M16 4.5 18.5 18 16 27.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinejoin="round"
      />
    </svg>
  )
}
