import { Form, Link, useLocation, useNavigate, useNavigationType, useSearchParams } from '@remix-run/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button'

const TYPING_MS = 300

/**
 * Filters of a list that live in the address bar. They apply as they change (a search box after a pause in typing);
 * without scripts, by the button. `names`: the fields, to know whether there is something to clear. Children get
 * the value of a field in the address bar; the fields are not controlled.
 */
export function FilterForm({
  label,
  names,
  className,
  children,
}: {
  label: string
  names: readonly string[]
  className?: string
  children: (value: (name: string) => string) => ReactNode
}) {
  const [search] = useSearchParams()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(timer.current), [])
  const value = (name: string) => search.get(name) ?? ''
  const apply = () => {
    clearTimeout(timer.current)
    if (form.current) navigate(pathname + queryOf(form.current), { replace: true, preventScrollReset: true })
  }
  return (
    <Form
      ref={form}
      key={useFieldsKey()}
      method="get"
      action={pathname}
      role="search"
      aria-label={label}
      onChange={(event) => {
        clearTimeout(timer.current)
        const typing = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
        timer.current = setTimeout(apply, typing ? TYPING_MS : 0)
      }}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
      className={className}
    >
      {children(value)}
      <div className="flex gap-2">
        <Button>Search</Button>
        {names.some((name) => value(name) !== '') ? (
          <Link
            to={pathname}
            state={{ cleared: true }}
            className="link inline-flex min-h-9 items-center px-1 text-sm"
          >
            Clear
          </Link>
        ) : null}
      </div>
    </Form>
  )
}

/** What is filled in, as a query string; empty fields stay out of the address. */
function queryOf(form: HTMLFormElement) {
  const filled = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value]] : [],
  )
  return filled.length ? `?${new URLSearchParams(filled)}` : ''
}

/** Changes when the fields must be read from the address bar anew: on "Clear", back and forward; not on typing. */
function useFieldsKey() {
  const { key, state } = useLocation()
  const byHistory = useNavigationType() === 'POP'
  const last = useRef('first')
  const cleared = typeof state === 'object' && state !== null && 'cleared' in state
  if ((cleared || byHistory) && key !== 'default') last.current = key
  return last.current
}
