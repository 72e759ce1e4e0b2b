import type { Editor } from '@tiptap/react'
import { Columns3, Rows3, TableCellsMerge, TableCellsSplit, Trash2 } from 'lucide-react'
import { Tool } from './tool'

/** Shown while the caret stands in a table. */
export function TableTools({ editor }: { editor: Editor }) {
  const chain = () => editor.chain().focus()
  return (
    <div className="flex items-center gap-0.5 border-l border-rule pl-1">
      <Tool name="Row below" icon={Rows3} disabled={false} onClick={() => chain().addRowAfter().run()} />
      <Tool
        name="Column after"
        icon={Columns3}
        disabled={false}
        onClick={() => chain().addColumnAfter().run()}
      />
      <Tool
        name="Merge cells"
        icon={TableCellsMerge}
        disabled={!editor.can().mergeCells()}
        onClick={() => chain().mergeCells().run()}
      />
      <Tool
        name="Split cell"
        icon={TableCellsSplit}
        disabled={!editor.can().splitCell()}
        onClick={() => chain().splitCell().run()}
      />
      <TextTool name="Delete row" onClick={() => chain().deleteRow().run()} />
      <TextTool name="Delete column" onClick={() => chain().deleteColumn().run()} />
      <Tool name="Delete table" icon={Trash2} disabled={false} onClick={() => chain().deleteTable().run()} />
    </div>
  )
}

function TextTool({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
      className="min-h-8 whitespace-nowrap rounded-sm px-1.5 text-xs text-ink hover:bg-accent-wash"
    >
      {name}
    </button>
  )
}
