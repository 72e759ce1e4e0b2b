import type { Editor } from '@tiptap/react'
import { useEditorState } from '@tiptap/react'
import {
  Bold,
  Heading2,
  Heading3,
  Heading4,
  ImagePlus,
  Italic,
  Link2,
  List,
  ListOrdered,
  type LucideIcon,
  Minus,
  Pilcrow,
  Quote,
  Redo2,
  Strikethrough,
  Table,
  Underline,
  Undo2,
} from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { OpenDocument } from '../../collab/document-types'
import { useUndo } from '../../collab/react'
import { LinkDialog } from './link-dialog'
import { insertPictures } from './pictures'
import { TableTools } from './table-tools'
import { Tool } from './tool'

type Act = {
  name: string
  icon: LucideIcon
  keys?: string
  active?: (editor: Editor) => boolean
  run: (editor: Editor) => void
}

const ACTS: readonly Act[][] = [
  [
    {
      name: 'Text',
      icon: Pilcrow,
      active: (e) =>
        e.isActive('paragraph') &&
        !e.isActive('bulletList') &&
        !e.isActive('orderedList') &&
        !e.isActive('blockquote'),
      run: (e) => e.chain().focus().setParagraph().run(),
    },
    {
      name: 'Heading',
      icon: Heading2,
      keys: 'Ctrl+Alt+2',
      active: (e) => e.isActive('heading', { level: 2 }),
      run: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(),
    },
    {
      name: 'Smaller heading',
      icon: Heading3,
      keys: 'Ctrl+Alt+3',
      active: (e) => e.isActive('heading', { level: 3 }),
      run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
    },
    {
      name: 'Smallest heading',
      icon: Heading4,
      keys: 'Ctrl+Alt+4',
      active: (e) => e.isActive('heading', { level: 4 }),
      run: (e) => e.chain().focus().toggleHeading({ level: 4 }).run(),
    },
  ],
  [
    {
      name: 'Bold',
      icon: Bold,
      keys: 'Ctrl+B',
      active: (e) => e.isActive('bold'),
      run: (e) => e.chain().focus().toggleBold().run(),
    },
    {
      name: 'Italic',
      icon: Italic,
      keys: 'Ctrl+I',
      active: (e) => e.isActive('italic'),
      run: (e) => e.chain().focus().toggleItalic().run(),
    },
    {
      name: 'Underline',
      icon: Underline,
      keys: 'Ctrl+U',
      active: (e) => e.isActive('underline'),
      run: (e) => e.chain().focus().toggleUnderline().run(),
    },
    {
      name: 'Strike through',
      icon: Strikethrough,
      keys: 'Ctrl+Shift+S',
      active: (e) => e.isActive('strike'),
      run: (e) => e.chain().focus().toggleStrike().run(),
    },
  ],
  [
    {
      name: 'Bullet list',
      icon: List,
      keys: 'Ctrl+Shift+8',
      active: (e) => e.isActive('bulletList'),
      run: (e) => e.chain().focus().toggleBulletList().run(),
    },
    {
      name: 'Numbered list',
      icon: ListOrdered,
      keys: 'Ctrl+Shift+7',
      active: (e) => e.isActive('orderedList'),
      run: (e) => e.chain().focus().toggleOrderedList().run(),
    },
    {
      name: 'Quote',
      icon: Quote,
      keys: 'Ctrl+Shift+B',
      active: (e) => e.isActive('blockquote'),
      run: (e) => e.chain().focus().toggleBlockquote().run(),
    },
    { name: 'Line across', icon: Minus, run: (e) => e.chain().focus().setHorizontalRule().run() },
    {
      name: 'Table',
      icon: Table,
      active: (e) => e.isActive('table'),
      run: (e) => e.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    },
  ],
]

/** Acts on the section that has, or last had, the focus. One stop of the Tab key: arrows move within. */
export function Toolbar({
  document,
  editor,
  editable,
}: {
  document: OpenDocument
  editor: Editor | null
  editable: boolean
}) {
  const bar = useRef<HTMLDivElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [linking, setLinking] = useState(false)
  const { canUndo, canRedo, undo, redo } = useUndo(document.undo)
  const active =
    useEditorState({
      editor,
      selector: ({ editor: current }) =>
        current
          ? [
              ...ACTS.flat().map((act) => act.active?.(current) ?? false),
              current.isActive('link'),
              current.isActive('table'),
            ]
          : [],
      equalityFn: (a, b) => a?.join() === b?.join(),
    }) ?? []
  const off = !editor || !editable
  const isActive = (act: Act) => active[ACTS.flat().indexOf(act)] ?? false
  const [inLink, inTable] = active.slice(-2)

  function steer(event: KeyboardEvent) {
    const buttons = [...(bar.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])]
    const at = buttons.indexOf(window.document.activeElement as HTMLButtonElement)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (next === undefined || at < 0) return
    event.preventDefault()
    buttons[(next + buttons.length) % buttons.length]?.focus()
  }

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="Formatting"
      onKeyDown={steer}
      className="flex min-w-0 items-center gap-1 overflow-x-auto py-1"
    >
      <Tool
        name="Undo your last change"
        icon={Undo2}
        keys="Ctrl+Z"
        disabled={!editable || !canUndo}
        onClick={undo}
        first
      />
      <Tool name="Redo" icon={Redo2} keys="Ctrl+Y" disabled={!editable || !canRedo} onClick={redo} />
      {ACTS.map((group) => (
        <Group key={group[0]?.name}>
          {group.map((act) => (
            <Tool
              key={act.name}
              {...act}
              pressed={act.active ? isActive(act) : undefined}
              disabled={off}
              onClick={() => editor && act.run(editor)}
            />
          ))}
        </Group>
      ))}
      <Group>
        <Tool
          name="Link"
          icon={Link2}
          pressed={inLink ?? false}
          disabled={off}
          onClick={() => setLinking(true)}
        />
        <Tool name="Picture" icon={ImagePlus} disabled={off} onClick={() => file.current?.click()} />
        <input
          ref={file}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif"
          aria-label="Picture to put in"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            if (editor) insertPictures(editor.view, event.target.files, null)
            event.target.value = ''
          }}
        />
      </Group>
      {inTable && editor && editable ? <TableTools editor={editor} /> : null}
      {editor ? <LinkDialog editor={editor} open={linking} onClose={() => setLinking(false)} /> : null}
    </div>
  )
}

function Group({ children }: { children: ReactNode }) {
  return <div className="flex items-center gap-0.5 border-l border-rule pl-1">{children}</div>
}
