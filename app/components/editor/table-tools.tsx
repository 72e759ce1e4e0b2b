import type { Editor } from '@tiptap/react'
import { TableCellsMerge, TableCellsSplit, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { changeColumnWidth } from './column-width'
import { Tool } from './tool'
import { ToolRow } from './tool-row'

/** A row of its own while the caret stands in a table: in the other it would push half of the tools out of sight. */
export function TableTools({ editor }: { editor: Editor }) {
  const bar = useRef<HTMLDivElement>(null)
  const chain = () => editor.chain().focus()
  return (
    <ToolRow
      bar={bar}
      label="Table"
      first="Row above"
      onEscape={() => editor.view.focus()}
      className="-ml-2 border-t border-rule"
    >
      <Tool name="Row above" text="Row ↑" onClick={() => chain().addRowBefore().run()} />
      <Tool name="Row below" text="Row ↓" onClick={() => chain().addRowAfter().run()} />
      <Tool name="Column before" text="Col ←" onClick={() => chain().addColumnBefore().run()} />
      <Tool name="Column after" text="Col →" onClick={() => chain().addColumnAfter().run()} />
      <Tool name="Wider column" text="Col +" onClick={() => changeColumnWidth(editor, 24)} />
      <Tool name="Narrower column" text="Col –" onClick={() => changeColumnWidth(editor, -24)} />
      <Tool name="Header row" text="Header" onClick={() => chain().toggleHeaderRow().run()} />
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
      <Tool name="Delete row" text="✕ Row" onClick={() => chain().deleteRow().run()} />
      <Tool name="Delete column" text="✕ Col" onClick={() => chain().deleteColumn().run()} />
      <Tool name="Delete table" icon={Trash2} onClick={() => chain().deleteTable().run()} />
    </ToolRow>
  )
}
