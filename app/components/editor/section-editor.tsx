import { Collaboration } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { Placeholder } from '@tiptap/extensions'
import type { EditorProps } from '@tiptap/pm/view'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import type { OpenDocument } from '../../collab/document-types'
import { FragmentGuard } from '../../collab/fragment-guard'
import { documentExtensions, documentSchema, isSafeLink } from '../../collab/schema/extensions'
import { CommentHighlight, type Spans } from '../comments/highlight'
import { Suggesting } from '../suggestions/suggesting'
import type { Suggestions } from '../suggestions/use-suggesting'
import { toast } from '../ui/toast'
import { drawCaret, nameMovingCarets } from './caret'
import { type Contents, contentsOf } from './contents'
import { editingExtensions } from './editing-extensions'
import { guarded } from './guarded'
import { KeptText } from './kept-text'
import { isPicturePaste, tidyPasted } from './paste'
import { adoptPictures, insertPictures } from './pictures'
import { PointedBlock } from './pointed'

/** Words and headings are counted again when nobody has written for so long, or after four times that. */
const COUNT_MS = 500

type SectionProps = {
  document: OpenDocument
  fragment: string
  label: string
  hint: string
  editable: boolean
  /** Stay the same as long as the section is shown. */
  comments: { onPick: (thread: string) => void; onPlaces: (fragment: string, spans: Spans) => void }
  /** The same. */
  suggestions: Suggestions['hooks']
  onFocus: (editor: Editor, fragment: string) => void
  onContents: (fragment: string, contents: Contents, editor: Editor) => void
}

/** One fragment of the document: as rich text, or as plain text while it holds what an editor would delete. */
export function SectionEditor(props: SectionProps) {
  const { doc } = props.document
  const guard = useGuard(doc, props.fragment)
  if (!guard) return null
  return <GuardedSection {...props} guard={guard} />
}

function GuardedSection({ guard, ...props }: SectionProps & { guard: FragmentGuard }) {
  const isStrange = useSyncExternalStore(guard.strange.subscribe, guard.strange.get)
  const bindings = useSyncExternalStore(guard.bindings.subscribe, guard.bindings.get)
  return isStrange ? (
    <KeptText fragment={props.document.doc.getXmlFragment(props.fragment)} label={props.label} />
  ) : (
    <RichText key={bindings} {...props} guard={guard} />
  )
}

function useGuard(doc: Y.Doc, fragment: string): FragmentGuard | null {
  const [guard, setGuard] = useState<FragmentGuard | null>(null)
  useEffect(() => {
    const made = new FragmentGuard(doc, fragment, documentSchema())
    setGuard(made)
    return () => {
      setGuard(null)
      made.end()
    }
  }, [doc, fragment])
  return guard
}

function RichText({
  document,
  fragment,
  label,
  hint,
  editable,
  comments,
  suggestions,
  onFocus,
  onContents,
  guard,
}: SectionProps & { guard: FragmentGuard }) {
  const editor = useEditor(
    {
      immediatelyRender: false,
      // Its style element would be refused by the Content-Security-Policy; editor.css has what is needed.
      injectCSS: false,
      editable,
      extensions: [
        ...documentExtensions(),
        ...editingExtensions(),
        guarded(
          Collaboration.configure({
            document: document.doc,
            field: fragment,
            yUndoOptions: { undoManager: document.undo },
          }),
          guard,
        ),
        CollaborationCaret.configure({
          provider: { awareness: document.awarenessFor(fragment) },
          render: drawCaret,
        }),
        CommentHighlight.configure({ fragment, ...comments }),
        Suggesting.configure({ fragment, ...suggestions }),
        PointedBlock,
        Placeholder.configure({ placeholder: hint, showOnlyWhenEditable: true }),
      ],
      editorProps: {
        ...editorProps(document.channelId),
        attributes: ({ doc }) => ({
          'aria-label': label,
          'aria-multiline': 'true',
          // An empty section says what belongs there.
          ...(doc.textContent === '' && doc.childCount <= 1 ? { 'aria-description': hint } : {}),
          role: 'textbox',
          class: 'document-text',
          spellcheck: 'true',
        }),
      },
      onFocus: ({ editor: focused }) => onFocus(focused, fragment),
    },
    [document, fragment, guard, comments, suggestions],
  )
  useContents(editor, fragment, onContents)
  useEffect(() => {
    if (!editor) return
    if (editor.isEditable !== editable) editor.setEditable(editable)
    // React owns no part of the editor's element.
    if (editable) {
      editor.view.dom.removeAttribute('aria-readonly')
      editor.view.dom.removeAttribute('tabindex')
    } else {
      editor.view.dom.setAttribute('aria-readonly', 'true')
      // Whoever only reads reaches it by keyboard too: to comment on it.
      editor.view.dom.setAttribute('tabindex', '0')
    }
  }, [editor, editable])
  useEffect(
    () => (editor ? nameMovingCarets(document.awarenessFor(fragment), editor.view.dom) : undefined),
    [editor, document, fragment],
  )
  return <EditorContent editor={editor} />
}

function editorProps(documentId: string): EditorProps {
  let leaving = false
  return {
    transformPastedHTML: (html) => {
      const { html: tidy, lost } = tidyPasted(html)
      if (lost) {
        toast(
          `${lost === 1 ? 'A picture' : `${lost} pictures`} from elsewhere could not be taken over: put ${lost === 1 ? 'it' : 'them'} in as a file.`,
          'problem',
        )
      }
      return tidy
    },
    handlePaste: (view, { clipboardData }) => {
      const html = clipboardData?.getData('text/html') ?? ''
      // After the passage is in the text.
      if (html.includes('/pictures/')) setTimeout(() => void adoptPictures(view, documentId))
      return isPicturePaste(html) && insertPictures(view, documentId, clipboardData?.files, null)
    },
    handleDrop: (view, event, _slice, moved) =>
      !moved &&
      insertPictures(
        view,
        documentId,
        event.dataTransfer?.files,
        view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null,
      ),
    handleClick: (view, _pos, event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      const href = link?.getAttribute('href')
      if (!isSafeLink(href) || !view.editable || !(event.ctrlKey || event.metaKey)) return false
      window.open(href ?? '', '_blank', 'noopener,noreferrer')
      return true
    },
    handleDOMEvents: {
      // Tab goes from cell to cell and indents lists: after Escape it leaves the text, as it does everywhere else.
      keydown: (_view, { key }) => {
        const leave = leaving && key === 'Tab'
        leaving = key === 'Escape' || (leaving && key === 'Shift')
        return leave
      },
    },
  }
}

/** Tells what is in the text, at first and a moment after it changed, whoever changed it. */
function useContents(
  editor: Editor | null,
  fragment: string,
  onContents: (fragment: string, contents: Contents, editor: Editor) => void,
) {
  const told = useRef(onContents)
  told.current = onContents
  useEffect(() => {
    if (!editor) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let due = 0
    const tell = () => {
      timer = undefined
      due = 0
      if (!editor.isDestroyed) told.current(fragment, contentsOf(editor.state.doc), editor)
    }
    const later = () => {
      const now = Date.now()
      due ||= now + 4 * COUNT_MS
      clearTimeout(timer)
      timer = setTimeout(tell, Math.min(COUNT_MS, due - now))
    }
    tell()
    editor.on('update', later)
    return () => {
      clearTimeout(timer)
      editor.off('update', later)
    }
  }, [editor, fragment])
}
