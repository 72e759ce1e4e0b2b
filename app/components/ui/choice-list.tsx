import { useId, useState } from 'react'

type Option = { id: string; name: string }

/**
 * Several of a list, as checkboxes: by keyboard and without scripts. `search` offers a box that narrows the list; what
 * is chosen always stays in sight.
 */
export function ChoiceList({
  label,
  name,
  options,
  chosen,
  error,
  search = false,
  disabled = false,
  onChange,
}: {
  label: string
  name?: string
  options: readonly Option[]
  chosen: readonly string[]
  error?: readonly string[]
  search?: boolean
  disabled?: boolean
  /** Controlled: gets the ids chosen. Otherwise the boxes keep their own state, for a form. */
  onChange?: (chosen: string[]) => void
}) {
  const id = useId()
  const [own, setOwn] = useState<readonly string[]>(chosen)
  const [sought, setSought] = useState('')
  const now = onChange ? chosen : own
  const wanted = sought.trim().toLowerCase()
  const shown = options.filter(
    (option) => now.includes(option.id) || option.name.toLowerCase().includes(wanted),
  )

  function toggle(option: string, on: boolean) {
    const next = on ? [...now, option] : now.filter((one) => one !== option)
    if (onChange) onChange(next)
    else setOwn(next)
  }

  return (
    <fieldset
      className="min-w-0"
      aria-describedby={error?.length ? `${id}-error` : undefined}
      disabled={disabled}
    >
      <legend className="mb-1 text-sm font-semibold text-ink">
        {label}
        {now.length ? <span className="ml-1 font-normal text-muted">{`(${now.length} chosen)`}</span> : null}
      </legend>
      {search && !disabled ? (
        <input
          type="search"
          aria-label={`Search in ${label}`}
          placeholder="Search"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          onKeyDown={(event) => {
            // The box narrows a list; Enter in it is not meant for the form.
            if (event.key === 'Enter') event.preventDefault()
          }}
          className="control mb-1"
        />
      ) : null}
      <div className="grid max-h-48 grid-cols-1 gap-x-4 overflow-y-auto border border-line bg-sheet px-2 py-1.5 sm:grid-cols-2">
        {shown.map((option) => (
          <label key={option.id} className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="checkbox"
              name={name}
              value={option.id}
              checked={now.includes(option.id)}
              onChange={(event) => toggle(option.id, event.target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">{option.name}</span>
          </label>
        ))}
        {shown.length === 0 ? <p className="text-sm text-muted">Nothing of that name.</p> : null}
      </div>
      {error?.length ? (
        <ul id={`${id}-error`} className="mt-1 text-xs font-semibold text-red">
          {error.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
    </fieldset>
  )
}
