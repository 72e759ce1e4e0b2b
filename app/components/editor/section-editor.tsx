import { Collaboration } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { Placeholder } from '@tiptap/extensions'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import { useEffect, useRef } from 'react'
import type { OpenDocument } from '../../collab/document-types'
import { documentExtensions } from '../../collab/schema/extensions'
import { drawCaret } from './caret'
import { insertPictures } from './pictures'

/** One fragment of the document, as rich text. */
export function SectionEditor({
  document,
  fragment,
  label,
  hint,
  editable,
  onFocus,
  onWords,
}: {
  document: OpenDocument
  fragment: string
  label: string
  hint: string
  editable: boolean
  onFocus: (editor: Editor) => void
  onWords: (fragment: string, words: number) => void
}) {
  const told = useRef(onWords)
  told.current = onWords
  const editor = useEditor(
    {
      immediatelyRender: false,
      // Its style element would be refused by the Content-Security-Policy; editor.css has what is needed.
      injectCSS: false,
      editable,
      extensions: [
        ...documentExtensions(),
        Collaboration.configure({
          document: document.doc,
          field: fragment,
          yUndoOptions: { undoManager: document.undo },
        }),
        CollaborationCaret.configure({
          provider: { awareness: document.awarenessFor(fragment) },
          render: drawCaret,
        }),
        Placeholder.configure({ placeholder: hint, showOnlyWhenEditable: true }),
      ],
      editorProps: {
        attributes: {
          'aria-label': label,
          'aria-multiline': 'true',
          role: 'textbox',
          class: 'document-text',
          spellcheck: 'true',
        },
        handlePaste: (view, event) => insertPictures(view, event.clipboardData?.files, null),
        handleDrop: (view, event, _slice, moved) =>
          !moved &&
          insertPictures(
            view,
            event.dataTransfer?.files,
            view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null,
          ),
      },
      onFocus: ({ editor: focused }) => onFocus(focused),
      onCreate: ({ editor: made }) => told.current(fragment, countWords(made)),
      onUpdate: ({ editor: changed }) => told.current(fragment, countWords(changed)),
    },
    [document, fragment],
  )
  useEffect(() => {
    if (editor && editor.isEditable !== editable) editor.setEditable(editable)
  }, [editor, editable])
  return <EditorContent editor={editor} />
}

const segments = new Intl.Segmenter('en', { granularity: 'word' })

function countWords(editor: Editor): number {
  let words = 0
  for (const segment of segments.segment(editor.getText({ blockSeparator: ' ' })))
    if (segment.isWordLike) words += 1
  return words
}
