import { describe, expect, it } from 'vitest'
import { type CommentThread, filterThreads, mentionAt, type NamedMention, piecesOf } from './comment'
import type { Actor, DelegationRole } from './people'
import { can, type DocumentScope, type GrantLevel } from './rights'

const scope = (level: GrantLevel | null): DocumentScope => ({
  ...{ kind: 'document', marking: 'restricted', ownerDelegationId: 'ke' },
  grants: level ? [{ delegationId: 'jp', level }] : [],
})
const somebody = (role: DelegationRole, delegation = 'jp'): Actor => ({
  ...{ userId: 'u', name: 'U', email: 'u@x.example', sessionId: 's' },
  organization: { kind: 'delegation', id: delegation, name: delegation, partnerIso2: 'JP', role },
})
const ACTS = ['see', 'reply', 'resolve', 'reopen', 'edit', 'delete'] as const
const may = (
  actor: Actor,
  level: GrantLevel | null,
  authorId: string,
  thread: 'open' | 'resolved',
  deleted = false,
) =>
  ACTS.filter((act) =>
    can(actor, act, { kind: 'comment', text: scope(level), authorId, deleted, thread }),
  ).join(' ')

describe('rights in a thread', () => {
  it('nothing for who takes no part, seeing for who reads, all but others’ comments for who comments', () => {
    expect(may(somebody('head'), null, 'u', 'open')).toBe('')
    for (const [role, level] of [
      ['reader', 'write'],
      ['head', 'read'],
    ] as const)
      expect(may(somebody(role), level, 'other', 'open')).toBe('see')
    for (const [role, level] of [
      ['adviser', 'write'],
      ['head', 'comment'],
      ['delegate', 'write'],
    ] as const) {
      expect(may(somebody(role), level, 'other', 'open')).toBe('see reply resolve')
      expect(may(somebody(role), level, 'other', 'resolved')).toBe('see reopen')
      expect(may(somebody(role), level, 'u', 'open')).toBe('see reply resolve edit delete')
      expect(may(somebody(role), level, 'u', 'open', true)).toBe('see reply resolve')
    }
  })

  it('whoever may only read now still takes back what they said', () => {
    expect(may(somebody('head'), 'read', 'u', 'resolved')).toBe('see delete')
  })
})

const named = (kind: 'person' | 'delegation', name: string): NamedMention => ({ kind, id: name, name })

describe('mentions in a text', () => {
  it('are pieces of their own, the longest name first; other @ are text', () => {
    const congo = named('delegation', 'Congo')
    const long = named('delegation', 'Congo, Republic of')
    expect(piecesOf('Ask @Congo, Republic of, @Congo and a@b.', [congo, long])).toEqual([
      { at: 0, text: 'Ask ', mention: null },
      { at: 4, text: '@Congo, Republic of', mention: long },
      { at: 23, text: ', ', mention: null },
      { at: 25, text: '@Congo', mention: congo },
      { at: 31, text: ' and a@b.', mention: null },
    ])
    expect(piecesOf('@Nobody', [])).toEqual([{ at: 0, text: '@Nobody', mention: null }])
  })

  it.each([
    ['@', 1, { start: 0, query: '' }],
    ['ask @Hir', 8, { start: 4, query: 'Hir' }],
    ['ask @Aimée Kab', 14, { start: 4, query: 'Aimée Kab' }],
    ['(@jp', 4, { start: 1, query: 'jp' }],
    ['mail a@b', 8, null],
    ['@ late', 6, null],
    ['@a\nb', 4, null],
    ['none', 4, null],
  ])('%j at %i', (text, caret, found) => expect(mentionAt(text, caret)).toEqual(found))
})

describe('the filter', () => {
  const person = (userId: string) => ({ userId, name: userId, organization: 'x', iso2: null })
  const thread = (
    id: string,
    state: 'open' | 'resolved',
    by: string,
    mentions: NamedMention[] = [],
  ): CommentThread => ({
    ...{ id, state, resolved: null },
    passage: { fragment: 'summary', ranges: [], quote: '', before: '', after: '' },
    comments: [
      {
        ...{ id: `${id}-1`, by: person(by), at: '', text: 'x', mentions, editedAt: null, deleted: false },
        ...{ mayEdit: false, mayDelete: false },
      },
    ],
  })
  const threads = [
    thread('a', 'open', 'u'),
    thread('b', 'open', 'other'),
    thread('c', 'resolved', 'other', [named('delegation', 'jp')]),
  ]
  it.each([
    ['open', 'a b'],
    ['resolved', 'c'],
    ['mine', 'a c'],
  ] as const)('%s', (filter, left) =>
    expect(
      filterThreads(threads, filter, { userId: 'u', organizationId: 'jp' })
        .map(({ id }) => id)
        .join(' '),
    ).toBe(left),
  )
})
