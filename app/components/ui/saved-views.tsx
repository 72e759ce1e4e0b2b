import { Form, Link, useLocation } from '@remix-run/react'
import { Button } from './button'
import { TextField } from './field'

/** Views of a list that its reader keeps: filters and shape under a name. */
export function SavedViews({
  views,
  problems,
}: {
  views: readonly { id: string; name: string; query: string }[]
  problems: readonly string[] | undefined
}) {
  const { pathname, search } = useLocation()
  const here = new URLSearchParams(search).toString()
  return (
    <div className="no-print mb-4 flex flex-wrap items-end justify-between gap-3">
      {views.length ? (
        <ul aria-label="Your views" className="flex flex-wrap gap-1.5">
          {views.map(({ id, name, query }) => (
            <li key={id} className="inline-flex items-stretch rounded-sm border border-line bg-sheet text-sm">
              <Link
                to={query ? `${pathname}?${query}` : pathname}
                state={{ cleared: true }}
                aria-current={query === here ? 'true' : undefined}
                className="px-2 py-1 font-semibold text-accent hover:bg-accent-wash aria-[current]:bg-accent-wash"
              >
                {name}
              </Link>
              <Form method="post" className="border-l border-rule">
                <input type="hidden" name="view" value={id} />
                <Button
                  size="sm"
                  variant="quiet"
                  name="act"
                  value="drop"
                  aria-label={`Take away the view ${name}`}
                >
                  ×
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">Keep filters that you come back to as a view of your own.</p>
      )}
      <Form method="post" key={views.length} className="flex items-end gap-2">
        <input type="hidden" name="query" value={here} />
        <TextField
          label="Name of this view"
          hideLabel
          name="name"
          placeholder="Name of this view"
          maxLength={60}
          error={problems}
        />
        <Button name="act" value="keep">
          Keep view
        </Button>
      </Form>
    </div>
  )
}
