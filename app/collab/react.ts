/** Hooks over an open document. Each re-renders only for what it reads. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import { FIELDS_MAP } from '../domain/proposal-template'
import type { Readable } from './cell'
import { openDocument } from './document'
import type { Access, OpenDocument, Present, Status } from './document-types'
import { tabConnection } from './tab'
import type { DocumentUndo } from './undo'

/**
 * Opens a channel as a document while the component is mounted. Null on the server and on the first render. A component
 * with another `key` opens it anew, as after `dropRefused`.
 * @param account the signed-in person's user id: what is kept in the browser belongs to them alone
 */
export function useDocument(channelId: string, account: string): OpenDocument | null {
  const [open, setOpen] = useState<OpenDocument | null>(null)
  useEffect(() => {
    const document = openDocument({ connection: tabConnection(account), channelId, account })
    setOpen(document)
    return () => {
      setOpen(null)
      document.close()
    }
  }, [channelId, account])
  return open?.channelId === channelId ? open : null
}

export const useStatus = (document: OpenDocument): Status => useReadable(document.status)

/** Everybody who has the document open, this tab included, in a stable order. */
export const usePeople = (document: OpenDocument): readonly Present[] => useReadable(document.people)

export const useAccess = (document: OpenDocument): Access => useReadable(document.access)

/**
 * One of the document's structured answers, or a value of another of its maps: its value (undefined when not given) and what sets it; null takes it
 * away. Renders again only when this very field changes, whoever changed it.
 */
export function useField<T = unknown>(
  doc: Y.Doc,
  name: string,
  map: string = FIELDS_MAP,
): [value: T | undefined, set: (value: T | null) => void] {
  const fields = doc.getMap<T>(map)
  const subscribe = useCallback(
    (listener: () => void) => {
      const observer = (event: Y.YMapEvent<T>) => {
        if (event.keysChanged.has(name)) listener()
      }
      fields.observe(observer)
      return () => fields.unobserve(observer)
    },
    [fields, name],
  )
  const value = useSyncExternalStore(
    subscribe,
    () => fields.get(name),
    () => undefined,
  )
  const set = useCallback(
    (next: T | null) => {
      if (next === null) {
        if (fields.has(name)) fields.delete(name)
      } else fields.set(name, next)
    },
    [fields, name],
  )
  return [value, set]
}

/** What the buttons need. */
export function useUndo(undo: DocumentUndo): {
  canUndo: boolean
  canRedo: boolean
  undo: () => void
  redo: () => void
} {
  const subscribe = useCallback(
    (listener: () => void) => {
      const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const
      for (const event of events) undo.on(event, listener)
      return () => {
        for (const event of events) undo.off(event, listener)
      }
    },
    [undo],
  )
  const no = () => false
  return {
    canUndo: useSyncExternalStore(subscribe, () => undo.canUndo(), no),
    canRedo: useSyncExternalStore(subscribe, () => undo.canRedo(), no),
    undo: useCallback(() => void undo.undo(), [undo]),
    redo: useCallback(() => void undo.redo(), [undo]),
  }
}

/** Has the browser ask before the tab is closed while there are changes that only this tab's memory holds. */
export function useLeaveWarning({ state, pending, kept, storing }: Status): void {
  const wouldLose = pending > 0 && (kept === 'memory' || (storing && state === 'offline'))
  useEffect(() => {
    if (!wouldLose) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [wouldLose])
}

function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get, readable.get)
}
