import { Form } from '@remix-run/react'
import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { SEARCH_LENGTH } from '../../domain/search'

const typesIn = (element: EventTarget | null) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName))

/** Search from every page; `/` leads to it, except where one types. */
export function SearchBox({ withKey = false }: { withKey?: boolean }) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!withKey) return
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typesIn(event.target)) return
      event.preventDefault()
      box.current?.focus()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [withKey])
  return (
    <Form action="/search" method="get" role="search" aria-label="Portal" className="relative">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute left-2 top-1/2 size-4 -translate-y-1/2 text-muted"
      />
      <input
        ref={box}
        type="search"
        name="q"
        aria-label="Search the portal"
        placeholder={withKey ? 'Search  /' : 'Search'}
        maxLength={SEARCH_LENGTH}
        autoComplete="off"
        className="control h-8 min-h-0 py-0.5 pl-8 text-sm"
      />
    </Form>
  )
}
