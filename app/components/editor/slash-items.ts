/** What the slash menu puts in, in its order. */
import type { Editor } from '@tiptap/react'
import { AtSign, ImagePlus, type LucideIcon, Superscript } from 'lucide-react'
import { type Act, ALL_ACTS } from './acts'

/** What the menu cannot do by itself: the page opens a dialog, or the choice of a file. */
export type SlashAsk = 'note' | 'file'

export type SlashItem = {
  id: string
  name: string
  icon: LucideIcon
  keys?: string
  run: (editor: Editor, ask: (about: SlashAsk) => void) => void
}

const BLOCKS = [
  'Heading',
  'Smaller heading',
  'Smallest heading',
  'Text',
  'Bullet list',
  'Numbered list',
  'Table',
  'Quote',
  'Callout',
  'Warning',
  'Line across',
]

const ofAct = ({ name, icon, keys, run }: Act): SlashItem => ({ id: name, name, icon, keys, run })

export const SLASH_ITEMS: readonly SlashItem[] = [
  ...BLOCKS.flatMap((name) => ALL_ACTS.filter((act) => act.name === name).map(ofAct)),
  { id: 'Picture', name: 'Picture', icon: ImagePlus, run: (_, ask) => ask('file') },
  { id: 'Footnote', name: 'Footnote or source', icon: Superscript, run: (_, ask) => ask('note') },
  {
    id: 'Link',
    name: 'Project, partner, mineral or decision',
    icon: AtSign,
    run: (editor) => editor.chain().focus().insertContent('@').run(),
  },
]
