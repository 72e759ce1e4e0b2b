import { Check, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { classNames } from '../ui/class-names'
import { matching, moveTo } from './choices'

type Option = { id: string; name: string }

/**
 * Several of a long list: a box to search in, and what is chosen above it (the combobox of ARIA's authoring practices).
 * One stop of the Tab key for the box, one for each thing chosen.
 */
export function ChoiceBox({
  label,
  options,
  chosen,
  editable,
  error,
  onChange,
}: {
  label: string
  options: readonly Option[]
  chosen: readonly string[]
  editable: boolean
  error?: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [sought, setSought] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const shown = matching(options, sought)
  const active = open ? shown[Math.min(at, shown.length - 1)] : undefined
  const nameOf = (one: string) => options.find((option) => option.id === one)?.name ?? one

  useEffect(() => {
    if (active) list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [active])

  function toggle(one: string) {
    onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])
    setSought('')
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const next = moveTo(event.key, at, shown.length)
    if (next !== null) {
      event.preventDefault()
      setAt(open ? next : 0)
      setOpen(true)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (active) toggle(active.id)
      else setOpen(true)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'Backspace' && sought === '' && chosen.length > 0) {
      onChange(chosen.slice(0, -1))
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would be read before each part of it
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      className="min-w-0"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <p id={`${id}-label`} className="mb-1 text-sm font-semibold text-ink">
        {label}
        {chosen.length ? <span className="ml-1 font-normal text-muted">({chosen.length} chosen)</span> : null}
      </p>
      {chosen.length ? (
        <ul aria-labelledby={`${id}-label`} className="mb-1 flex flex-wrap gap-1">
          {chosen.map((one) => (
            <li
              key={one}
              className="flex min-h-7 items-center rounded-sm border border-accent/35 bg-accent-wash pl-2 text-sm text-accent"
            >
              <span className={editable ? '' : 'pr-2'}>{nameOf(one)}</span>
              {editable ? (
                <button
                  type="button"
                  aria-label={`Take ${nameOf(one)} away`}
                  className="grid size-7 place-items-center rounded-sm hover:text-red"
                  onClick={() => {
                    onChange(chosen.filter((other) => other !== one))
                    box.current?.focus()
                  }}
                >
                  <X aria-hidden="true" className="size-3.5" />
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {editable ? (
        <div className="relative">
          <input
            ref={box}
            role="combobox"
            aria-labelledby={`${id}-label`}
            aria-expanded={open}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={active ? `${id}-${active.id}` : undefined}
            aria-invalid={error?.length ? true : undefined}
            aria-describedby={error?.length ? `${id}-error` : undefined}
            autoComplete="off"
            className="control"
            placeholder="Search and add"
            value={sought}
            onChange={(event) => {
              setSought(event.target.value)
              setAt(0)
              setOpen(true)
            }}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
          />
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-labelledby={`${id}-label`}
            aria-multiselectable="true"
            hidden={!open}
            className="absolute inset-x-0 top-full z-10 mt-0.5 max-h-64 overflow-y-auto border border-line bg-sheet py-1 shadow-raised"
          >
            {shown.map((option, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the focus, and the keys
              <div
                key={option.id}
                id={`${id}-${option.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={chosen.includes(option.id)}
                data-active={option === active || undefined}
                // The box keeps the focus.
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => setAt(index)}
                onClick={() => toggle(option.id)}
                className={classNames(
                  'flex min-h-7 cursor-pointer items-center gap-2 px-2 text-sm',
                  option === active && 'bg-accent-wash outline-1 -outline-offset-1 outline-accent',
                )}
              >
                <Check
                  aria-hidden="true"
                  className={classNames('size-4 shrink-0', !chosen.includes(option.id) && 'invisible')}
                />
                {option.name}
              </div>
            ))}
            {shown.length === 0 ? (
              <div
                role="option"
                tabIndex={-1}
                aria-selected="false"
                aria-disabled="true"
                className="px-2 text-sm text-muted"
              >
                Nothing of that name.
              </div>
            ) : null}
          </div>
        </div>
      ) : chosen.length === 0 ? (
        <p className="text-sm text-muted">Not given</p>
      ) : null}
      {error?.length ? (
        <ul id={`${id}-error`} className="mt-1 text-xs font-semibold text-red">
          {error.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
