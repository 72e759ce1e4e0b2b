import { type ComponentPropsWithoutRef, type ReactNode, useId } from 'react'
import { classNames } from './class-names'

type FieldText = {
  label: string
  name: string
  hint?: ReactNode
  /** What is wrong with it, each as a sentence. */
  error?: readonly string[]
  className?: string
  /** The label is for screen readers only: for search boxes whose purpose is plain to see. */
  hideLabel?: boolean
}

type Wiring = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

/** Ids that tie a control to its hint and its errors. */
function useWiring(props: { id?: string; hint?: ReactNode; error?: readonly string[] }): Wiring {
  const made = useId()
  const id = props.id ?? made
  const wrong = (props.error?.length ?? 0) > 0
  const described = [props.hint ? `${id}-hint` : '', wrong ? `${id}-error` : ''].filter(Boolean).join(' ')
  return { id, 'aria-describedby': described || undefined, 'aria-invalid': wrong || undefined }
}

function Frame({
  id,
  text,
  required,
  children,
}: {
  id: string
  text: FieldText
  required?: boolean
  children: ReactNode
}) {
  return (
    <div className={classNames('min-w-0', text.className)}>
      <label
        htmlFor={id}
        className={text.hideLabel ? 'sr-only' : 'mb-1 block text-sm font-semibold text-ink'}
      >
        {text.label}
        {required ? <span className="ml-1 font-normal text-muted">{'(required)'}</span> : null}
      </label>
      {children}
      <Notes id={id} hint={text.hint} error={text.error} />
    </div>
  )
}

function Notes({ id, hint, error }: { id: string; hint?: ReactNode; error?: readonly string[] }) {
  return (
    <>
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      ) : null}
      {error?.length ? (
        <ul id={`${id}-error`} className="mt-1 space-y-0.5 text-xs font-semibold text-red">
          {error.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

type Controlled<T extends 'input' | 'textarea' | 'select'> = FieldText &
  Omit<ComponentPropsWithoutRef<T>, keyof FieldText>

/** One line of text; `type` may be email, password, search, number, date … */
export function TextField({ label, hint, error, className, hideLabel, ...input }: Controlled<'input'>) {
  const wiring = useWiring({ id: input.id, hint, error })
  const text = { label, name: input.name, hint, error, className, hideLabel }
  return (
    <Frame id={wiring.id} text={text} required={input.required}>
      <input type="text" {...input} {...wiring} className="control" />
    </Frame>
  )
}

export function TextArea({ label, hint, error, className, hideLabel, ...area }: Controlled<'textarea'>) {
  const wiring = useWiring({ id: area.id, hint, error })
  const text = { label, name: area.name, hint, error, className, hideLabel }
  return (
    <Frame id={wiring.id} text={text} required={area.required}>
      <textarea rows={4} {...area} {...wiring} className="control block resize-y" />
    </Frame>
  )
}

export type Option = { value: string; label: string; disabled?: boolean }

/** A choice of one, by the browser's own list. Give `options`, or `<option>`s as children. */
export function SelectField({
  label,
  hint,
  error,
  className,
  hideLabel,
  options,
  children,
  ...select
}: Controlled<'select'> & { options?: readonly Option[] }) {
  const wiring = useWiring({ id: select.id, hint, error })
  const text = { label, name: select.name, hint, error, className, hideLabel }
  return (
    <Frame id={wiring.id} text={text} required={select.required}>
      <select {...select} {...wiring} className="control">
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
    </Frame>
  )
}
