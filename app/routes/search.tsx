import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation } from '@remix-run/react'
import { Button, LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { TextField } from '~/components/ui/field'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { SEARCH_KIND_LABEL, SEARCH_LENGTH, searchWish } from '~/domain/search'
import { respond } from '~/faults.server'
import { MOST_HITS, search } from '~/search.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.text ? `${page.text} · ` : ''}Search · FORGE` },
]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const wish = searchWish(new URL(request.url).searchParams)
    return { ...wish, groups: await search(context.portal.db, actor, wish), most: MOST_HITS }
  })

export default function Search() {
  const { text, kind, groups, most } = useLoaderData<typeof loader>()
  const busy = useNavigation().state === 'loading'
  const total = groups.reduce((sum, group) => sum + group.total, 0)
  return (
    <Page narrow>
      <PageHeader title="Search">
        <p role="status">
          {text === ''
            ? 'Projects, proposals’ text, decisions, partners and minerals that you may see.'
            : total === 1
              ? '1 hit'
              : `${total} hits`}
        </p>
      </PageHeader>
      <Form method="get" role="search" className="mb-6 flex items-end gap-2" key={text}>
        <TextField
          label="Words"
          hideLabel
          name="q"
          type="search"
          autoComplete="off"
          maxLength={SEARCH_LENGTH}
          defaultValue={text}
          className="flex-1"
          autoFocus={text === ''}
        />
        <Button variant="primary" busy={busy}>
          Search
        </Button>
      </Form>
      {kind ? (
        <p className="mb-4 text-sm">
          <Link to={`?${new URLSearchParams({ q: text })}`} className="link">
            Search everything
          </Link>
        </p>
      ) : null}
      {text && groups.length === 0 ? (
        <EmptyState title="Nothing found">
          <p>
            Nothing that you may see holds these words. Try fewer of them, or only the beginning of a word.
          </p>
        </EmptyState>
      ) : null}
      {groups.map((group) => (
        <Section
          key={group.kind}
          title={SEARCH_KIND_LABEL[group.kind]}
          note={group.total >= most ? `${most} and more` : group.total}
          actions={
            !kind && group.total > group.hits.length ? (
              <LinkButton
                size="sm"
                variant="quiet"
                to={`?${new URLSearchParams({ q: text, kind: group.kind })}`}
              >
                More of them
              </LinkButton>
            ) : null
          }
        >
          <ul className="divide-y divide-rule border-y border-rule bg-sheet">
            {group.hits.map((hit) => (
              <li key={hit.id} className="px-3 py-2 text-sm">
                <Link to={hit.path} prefetch="intent" className="row-link leading-6">
                  {hit.title}
                </Link>
                {saysMore(hit) ? (
                  <p className="text-muted [overflow-wrap:anywhere]">
                    {hit.pieces.map((piece) =>
                      piece.match ? (
                        <mark key={piece.nth} className="bg-ochre-wash font-semibold text-ink">
                          {piece.text}
                        </mark>
                      ) : (
                        piece.text
                      ),
                    )}
                  </p>
                ) : null}
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </Page>
  )
}

/** Whether what was found says more than the title above it. */
const saysMore = ({ title, pieces }: { title: string; pieces: readonly { text: string }[] }) =>
  pieces.length > 0 && pieces.map(({ text }) => text).join('') !== title
