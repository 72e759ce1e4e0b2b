/**
 * What is only proposed: words to put in, and words to take out. The document holds an id for each proposal; who made it
 * is read from the log of who wrote what, never from here. Names and attributes are stored for ever.
 *
 * They exclude nothing, themselves neither: the binding to Yjs then keeps each id under a key of its own, and where two
 * people propose in the same place at once neither's words lose their mark.
 */
import { Mark, mergeAttributes } from '@tiptap/core'
import { SUGGESTED_DELETE, SUGGESTED_INSERT, suggestionIdOf } from '../../domain/suggestion'

const idAttribute = (name: string) => () => ({
  id: {
    default: null,
    parseHTML: (element: HTMLElement) => element.getAttribute(name),
    renderHTML: ({ id }: Record<string, unknown>) => ({ [name]: suggestionIdOf({ id }) }),
  },
})

const INSERT_ATTRIBUTE = 'data-suggested-insert'
const DELETE_ATTRIBUTE = 'data-suggested-delete'

/** Words that are in the text only once somebody accepts them. */
export const SuggestedInsert = Mark.create({
  name: SUGGESTED_INSERT,
  excludes: '',
  addAttributes: idAttribute(INSERT_ATTRIBUTE),
  parseHTML: () => [{ tag: `ins[${INSERT_ATTRIBUTE}]`, priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ['ins', mergeAttributes(HTMLAttributes), 0],
})

/** Words that are in the text until somebody accepts that they go. */
export const SuggestedDelete = Mark.create({
  name: SUGGESTED_DELETE,
  excludes: '',
  inclusive: false,
  addAttributes: idAttribute(DELETE_ATTRIBUTE),
  // Before striking through, which reads `del` too.
  parseHTML: () => [{ tag: `del[${DELETE_ATTRIBUTE}]`, priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ['del', mergeAttributes(HTMLAttributes), 0],
})
