import { Form, Link, useLocation, useNavigate, useNavigationType, useSearchParams } from '@remix-run/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from './button'
import { classNames } from './class-names'

const TYPING_MS = 300
/** More lists of choices than this would fill a phone's screen before the first row: there they open by a button. */
const MOST_UNFOLDED = 3

/**
 * Filters of a list that live in the address bar. They apply as they change (a search box after a pause in typing);
 * without scripts, by the button. `names`: the fields, to know whether there is something to clear. Children get
 * the value of a field in the address bar; the fields are not controlled. On a phone many lists of choices are folded
 * away, where scripts can unfold them.
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
  const [unfolded, setUnfolded] = useState(false)
  const folds = names.length > MOST_UNFOLDED
  const set = names.filter((name) => name !== 'q' && value(name) !== '').length
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
      className={classNames(
        className,
        folds && !unfolded
          ? '[@media(scripting:enabled)_and_(width<40rem)]:[&>*:has(select)]:hidden'
          : undefined,
      )}
    >
      {children(value)}
      <div className="col-span-full flex flex-wrap gap-2 sm:col-span-1">
        <Button>Search</Button>
        {folds ? (
          <Button
            type="button"
            className="sm:hidden noscript:hidden"
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            {unfolded ? 'Fewer filters' : set ? `Filters, ${set} set` : 'Filters'}
          </Button>
        ) : null}
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
