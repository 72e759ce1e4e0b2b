/** What the toolbar does to the text, in its groups and order; the keyboard's help lists the same. */
import type { Command, Editor } from '@tiptap/react'
import {
  Bold,
  Code,
  Heading2,
  Heading3,
  Heading4,
  Info,
  Italic,
  List,
  ListOrdered,
  type LucideIcon,
  Minus,
  Pilcrow,
  Quote,
  Strikethrough,
  Table,
  TriangleAlert,
  Underline,
} from 'lucide-react'

export type Act = {
  name: string
  icon: LucideIcon
  /** `Mod` is Ctrl, or ⌘ on a Mac. The editor's own extensions bind them. */
  keys?: string
  active?: (editor: Editor) => boolean
  run: (editor: Editor) => void
}

const heading = (level: 2 | 3 | 4, name: string, icon: LucideIcon): Act => ({
  name,
  icon,
  keys: `Mod+Alt+${level}`,
  active: (e) => e.isActive('heading', { level }),
  run: (e) => e.chain().focus().toggleHeading({ level }).run(),
})

/** Frames the passage, changes the frame of one that has another, or takes it away. */
const callout = (name: string, icon: LucideIcon, tone: 'note' | 'warning'): Act => ({
  name,
  icon,
  active: (e) => e.isActive('callout', { tone }),
  run: (e) => {
    const chain = e.chain().focus()
    const isOther = e.isActive('callout') && !e.isActive('callout', { tone })
    if (isOther) chain.updateAttributes('callout', { tone }).run()
    else chain.toggleWrap('callout', { tone }).run()
  },
})

/** A table at the end of a text gets a line beneath it: on a phone nothing else leads there. */
const lineBeneath: Command = ({ tr, state }) => {
  const { $from } = tr.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name !== 'table') continue
    const end = $from.after(depth)
    const line = state.schema.nodes.paragraph?.create()
    if (line && !tr.doc.resolve(end).nodeAfter) tr.insert(end, line)
  }
  return true
}

export const ACTS: readonly (readonly Act[])[] = [
  [
    {
      name: 'Text',
      icon: Pilcrow,
      keys: 'Mod+Alt+0',
      active: (e) =>
        e.isActive('paragraph') &&
        !e.isActive('bulletList') &&
        !e.isActive('orderedList') &&
        !e.isActive('blockquote'),
      run: (e) => e.chain().focus().setParagraph().run(),
    },
    heading(2, 'Heading', Heading2),
    heading(3, 'Smaller heading', Heading3),
    heading(4, 'Smallest heading', Heading4),
  ],
  [
    {
      name: 'Bold',
      icon: Bold,
      keys: 'Mod+B',
      active: (e) => e.isActive('bold'),
      run: (e) => e.chain().focus().toggleBold().run(),
    },
    {
      name: 'Italic',
      icon: Italic,
      keys: 'Mod+I',
      active: (e) => e.isActive('italic'),
      run: (e) => e.chain().focus().toggleItalic().run(),
    },
    {
      name: 'Underline',
      icon: Underline,
      keys: 'Mod+U',
      active: (e) => e.isActive('underline'),
      run: (e) => e.chain().focus().toggleUnderline().run(),
    },
    {
      name: 'Strike through',
      icon: Strikethrough,
      keys: 'Mod+Shift+S',
      active: (e) => e.isActive('strike'),
      run: (e) => e.chain().focus().toggleStrike().run(),
    },
    {
      name: 'Fixed width',
      icon: Code,
      keys: 'Mod+E',
      active: (e) => e.isActive('code'),
      run: (e) => e.chain().focus().toggleCode().run(),
    },
  ],
  [
    {
      name: 'Bullet list',
      icon: List,
      keys: 'Mod+Shift+8',
      active: (e) => e.isActive('bulletList'),
      run: (e) => e.chain().focus().toggleBulletList().run(),
    },
    {
      name: 'Numbered list',
      icon: ListOrdered,
      keys: 'Mod+Shift+7',
      active: (e) => e.isActive('orderedList'),
      run: (e) => e.chain().focus().toggleOrderedList().run(),
    },
    {
      name: 'Quote',
      icon: Quote,
      keys: 'Mod+Shift+B',
      active: (e) => e.isActive('blockquote'),
      run: (e) => e.chain().focus().toggleBlockquote().run(),
    },
    callout('Callout', Info, 'note'),
    callout('Warning', TriangleAlert, 'warning'),
    { name: 'Line across', icon: Minus, run: (e) => e.chain().focus().setHorizontalRule().run() },
    {
      name: 'Table',
      icon: Table,
      active: (e) => e.isActive('table'),
      run: (e) =>
        e.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).command(lineBeneath).run(),
    },
  ],
]

export const ALL_ACTS: readonly Act[] = ACTS.flat()
